// Finds the Pulumi CLI: on PATH, or kept from an earlier `pnpm infra:engine`. Never fetches or builds: tests call this.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Host, childEnvironment, readHost } from "../env.ts";

const exec = promisify(execFile);

/** The version that is built: the newest whose Go modules are to be had everywhere. */
export const BUILT_VERSION = "3.250.0";

const sdk = createRequire(import.meta.url)("@pulumi/pulumi/package.json") as { version: string };

/** The version that is downloaded: the SDK's own. */
export const DOWNLOADED_VERSION = sdk.version;

/** The oldest version on PATH that is taken. */
const OLDEST = [3, 230];

export interface Cli {
  command: string;
  version: string;
  from: "PATH" | "cache";
  /** Whether Pulumi's own language host for Node lies beside it; a CLI built from source has none. */
  hasLanguageHost: boolean;
}

/** One line for people without a CLI. */
export const HOW_TO_GET = "no Pulumi CLI here: `pnpm infra:engine` gets one (official download, or built with Go)";

/** Root of a kept installation: `bin/pulumi` is below it. */
export const installRoot = (version: string, host: Host = readHost()) =>
  join(host.cacheFolder, "pulumi-cli", `v${version}`);

/** The CLI to use, or undefined. */
export async function findCli(host: Host = readHost()): Promise<Cli | undefined> {
  for (const folder of host.searchPath) {
    const cli = await cliAt(join(folder, "pulumi"), "PATH");
    const [major = 0, minor = 0] = (cli?.version ?? "").split(".").map(Number);
    if (cli && major === OLDEST[0] && minor >= (OLDEST[1] ?? 0)) return cli;
  }
  for (const version of [DOWNLOADED_VERSION, BUILT_VERSION]) {
    const cli = await cliAt(join(installRoot(version, host), "bin", "pulumi"), "cache");
    if (cli) return cli;
  }
  return undefined;
}

async function cliAt(command: string, from: Cli["from"]): Promise<Cli | undefined> {
  if (!existsSync(command)) return undefined;
  // PULUMI_HOME even here: `version` would otherwise make ~/.pulumi.
  const home = join(readHost().cacheFolder, "pulumi-cli", "home");
  const env = childEnvironment({ PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" });
  try {
    const { stdout } = await exec(command, ["version"], { env });
    const hasLanguageHost = existsSync(join(dirname(command), "pulumi-language-nodejs"));
    return { command, version: stdout.trim().replace(/^v/, ""), from, hasLanguageHost };
  } catch {
    return undefined; // there, but for another machine or broken
  }
}
