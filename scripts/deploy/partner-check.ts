// Before anything is changed: whether the new schema breaks what a partner sends. `pnpm partner check` says so, as staff.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { childEnvironment, type DeployEnv } from "./env.ts";
import { notStarted } from "./failure.ts";
import { type DeployOptions } from "./options.ts";
import { type StackOutputs } from "./pulumi.ts";

const root = resolve(import.meta.dirname, "../..");

/** @param url of the graph that runs now. @throws ReleaseError when an active list breaks, or nobody can tell */
export type PartnerCheck = (url: string) => Promise<void>;

/** How the check signs in. */
type Credential = Pick<DeployEnv, `PARTNER_CHECK_${"URL" | "EMAIL" | "PASSWORD" | "TOKEN" | "TENANT"}`>;

/**
 * The check by the command of this tree, against the schema of this tree.
 *
 * @returns undefined where no credential is given
 * @throws ReleaseError for half a credential
 */
export function openPartnerCheck(env: Credential, program = "scripts/partner.ts"): PartnerCheck | undefined {
  const { PARTNER_CHECK_EMAIL: email, PARTNER_CHECK_PASSWORD: password, PARTNER_CHECK_TOKEN: token } = env;
  if ((email === undefined) !== (password === undefined))
    throw notStarted("PARTNER_CHECK_EMAIL and PARTNER_CHECK_PASSWORD belong together.");
  if (email === undefined && token === undefined) return undefined;
  return async (stackUrl) => {
    const url = env.PARTNER_CHECK_URL ?? stackUrl;
    const folder = await mkdtemp(join(tmpdir(), "tradegraph-partner-check-"));
    try {
      const passwordFile = join(folder, "password");
      // A command's arguments and environment may be seen by others on this machine.
      await writeFile(passwordFile, password ?? "", { mode: 0o600 });
      const code = await run(
        [
          ...[resolve(root, program), "--url", url],
          ...(env.PARTNER_CHECK_TENANT === undefined ? [] : ["--tenant", env.PARTNER_CHECK_TENANT]),
          ...(email === undefined ? [] : ["--email", email, "--password-file", passwordFile]),
          ...["check", "--schema", resolve(root, "schema/generated/api.graphql")],
        ],
        email === undefined ? token : undefined,
      );
      if (code !== 0)
        throw notStarted(
          "The check of partners' operations says no, see above: retire or replace those lists, or keep what they ask for.",
        );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** @returns the exit code */
const run = (args: string[], token: string | undefined) =>
  new Promise<number>((done, fail) => {
    const env = childEnvironment({
      ...{ PARTNER_CHECK_PASSWORD: undefined, PARTNER_CHECK_TOKEN: undefined, GRAPH_TOKEN: token },
    });
    spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] })
      .on("error", fail)
      .on("close", (code) => {
        done(code ?? 1);
      });
  });

/**
 * What is to be done about partners in this release.
 *
 * @returns what checks, to be called before anything is changed
 * @throws ReleaseError for prod where nothing can check and nobody said that nothing should
 */
export function partnerStep(
  { stack, partnerCheck: isAsked }: Pick<DeployOptions, "stack" | "partnerCheck">,
  { image, url }: Pick<StackOutputs, "image" | "url">,
  { partners, say }: { partners: PartnerCheck | undefined; say: (line: string) => void },
): () => Promise<void> {
  const without = (why: string) => () => {
    say(`partners: NOT checked, ${why}`);
    return Promise.resolve();
  };
  if (image === "") return without("nothing runs yet");
  if (!isAsked) return without("--without-partner-check was said");
  if (partners) {
    return async () => {
      say("partners: checking their operations against the new schema");
      await partners(url);
    };
  }
  const how = "set PARTNER_CHECK_EMAIL and PARTNER_CHECK_PASSWORD of staff with the area partners";
  if (stack === "prod")
    throw notStarted(`Nobody can check what this breaks for partners: ${how}, or say --without-partner-check.`);
  return without(how);
}
