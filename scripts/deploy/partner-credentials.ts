// Who looks what a release breaks for partners: one account of staff for each marketplace.
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { type DeployEnv } from "./env.ts";
import { notStarted } from "./failure.ts";

const text = z.string().min(1);
const place = { url: z.url().optional(), tenant: text.optional() };
const credential = z.union([
  z.strictObject({ ...place, email: text, password: text }),
  z.strictObject({ ...place, token: text }),
]);
const list = z.union([z.array(credential), credential.transform((one) => [one])]);

/** How the check signs in, and where; without an address at the stack's own. */
export type PartnerCredential = z.output<typeof credential>;

/** @returns a secret's value; undefined where it has none yet */
export type ReadSecret = (name: string) => Promise<string | undefined>;

/**
 * All that are given: by PARTNER_CHECK_EMAIL and its like, in PARTNER_CHECKS, and in the secret that PARTNER_CHECKS_FROM names.
 *
 * @throws ReleaseError for half a credential and for a list that is none; never with what stands in it
 */
export async function partnerCredentials(env: DeployEnv, readSecret: ReadSecret): Promise<PartnerCredential[]> {
  const name = env.PARTNER_CHECKS_FROM;
  const kept = name === undefined ? undefined : await readSecret(name);
  return [
    ...single(env),
    ...(env.PARTNER_CHECKS === undefined ? [] : listIn(env.PARTNER_CHECKS, "PARTNER_CHECKS")),
    ...(kept === undefined ? [] : listIn(kept, `The secret ${name ?? ""}`)),
  ];
}

function single(env: DeployEnv): PartnerCredential[] {
  const { PARTNER_CHECK_EMAIL: email, PARTNER_CHECK_PASSWORD: password, PARTNER_CHECK_TOKEN: token } = env;
  if ((email === undefined) !== (password === undefined))
    throw notStarted("PARTNER_CHECK_EMAIL and PARTNER_CHECK_PASSWORD belong together.");
  const where = { url: env.PARTNER_CHECK_URL, tenant: env.PARTNER_CHECK_TENANT };
  if (email !== undefined && password !== undefined) return [{ ...where, email, password }];
  return token === undefined ? [] : [{ ...where, token }];
}

function listIn(json: string, from: string): PartnerCredential[] {
  const wrong = () =>
    notStarted(
      `${from} is no list such as [{"tenant":"acme","email":"…","password":"…"}]; "url" and "token" can be too.`,
    );
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw wrong();
  }
  const found = list.safeParse(parsed);
  if (!found.success) throw wrong();
  return found.data;
}

/** From AWS's Secrets Manager, where CodePipeline has them. */
export const secretsOf =
  (region: string): ReadSecret =>
  async (name) => {
    try {
      const { SecretString } = await new SecretsManagerClient({ region }).send(
        new GetSecretValueCommand({ SecretId: name }),
      );
      return SecretString;
    } catch (error) {
      // The stack makes the secret, a person its value: until then there is none.
      if ((error as Error).name === "ResourceNotFoundException") return undefined;
      const { name: kind, message } = error as Error;
      throw notStarted(`The secret ${name} cannot be read (${kind}: ${message}).`);
    }
  };
