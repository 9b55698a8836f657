// Before anything is changed: whether the new schema breaks what a partner sends. `pnpm partner check` says so, as staff.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { childEnvironment } from "@tradegraph/devservices/env";
import { notStarted } from "./failure.ts";
import { type DeployOptions } from "./options.ts";
import { type PartnerCredential } from "./partner-credentials.ts";
import { type StackOutputs } from "./pulumi.ts";

const root = resolve(import.meta.dirname, "../..");

/** @param url of the graph that runs now. @throws ReleaseError when an active list breaks, or nobody can tell */
export type PartnerCheck = (url: string) => Promise<void>;

/**
 * The check by the command of this tree, against the schema of this tree, in each marketplace that has a credential.
 *
 * @returns undefined without any
 */
export function openPartnerCheck(
  credentials: PartnerCredential[],
  { say, signal }: { say: (line: string) => void; signal?: AbortSignal | undefined },
  program = "scripts/partner.ts",
): PartnerCheck | undefined {
  if (credentials.length === 0) return undefined;
  return async (stackUrl) => {
    const broken: string[] = [];
    for (const credential of credentials) {
      const { tenant, url = stackUrl } = credential;
      const where = tenant === undefined ? url : `${url}, marketplace ${tenant}`;
      say(`partners: checking at ${where}`);
      // All of them: whoever mends one list wants to know of the others.
      if ((await check(credential, url, resolve(root, program), signal)) !== 0) broken.push(where);
      signal?.throwIfAborted();
    }
    if (broken.length === 0) return;
    throw notStarted(
      "The check of partners' operations says no, see above: retire or replace those lists, or keep what they ask for.\n" +
        broken.map((where) => `  ${where}`).join("\n"),
    );
  };
}

async function check(credential: PartnerCredential, url: string, program: string, signal?: AbortSignal) {
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-partner-check-"));
  try {
    const passwordFile = join(folder, "password");
    const [login, token] =
      "token" in credential
        ? [[], credential.token]
        : [["--email", credential.email, "--password-file", passwordFile], undefined];
    // A command's arguments and environment may be seen by others on this machine.
    if ("password" in credential) await writeFile(passwordFile, credential.password, { mode: 0o600 });
    return await run(
      [
        ...[program, "--url", url, ...(credential.tenant === undefined ? [] : ["--tenant", credential.tenant])],
        ...[...login, "check", "--schema", resolve(root, "schema/generated/api.graphql")],
      ],
      token,
      signal,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the exit code */
const run = (args: string[], token: string | undefined, signal: AbortSignal | undefined) =>
  new Promise<number>((done, fail) => {
    const env = childEnvironment({
      ...{ PARTNER_CHECK_PASSWORD: undefined, PARTNER_CHECK_TOKEN: undefined, PARTNER_CHECKS: undefined },
      GRAPH_TOKEN: token,
    });
    spawn(process.execPath, args, { cwd: root, env, signal, stdio: ["ignore", "inherit", "inherit"] })
      .on("error", (error) => {
        fail(signal?.aborted ? (signal.reason as Error) : error);
      })
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
  const how =
    "set PARTNER_CHECK_EMAIL and PARTNER_CHECK_PASSWORD of staff with the area partners, " +
    "or fill the secret that PARTNER_CHECKS_FROM names (docs/DELIVERY.md)";
  if (stack === "prod")
    throw notStarted(`Nobody can check what this breaks for partners: ${how}, or say --without-partner-check.`);
  return without(how);
}
