// Finds the checkers of workflows, scripts and manifests: on PATH, or kept from an earlier `pnpm delivery:tools`. Fetches nothing.
import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { readEnv } from "./env.ts";

/** One line for people without them. */
export const HOW_TO_GET = "no actionlint, shellcheck or kustomize here: `pnpm delivery:tools` gets them";

/** Where tools are kept, shared by all clones. */
export function toolFolder({ XDG_CACHE_HOME } = readEnv()): string {
  const caches = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(caches, "tradegraph", "delivery-tools");
}

/** The whole path of a tool, or undefined. */
export async function findTool(name: string, env = readEnv()): Promise<string | undefined> {
  for (const folder of [...env.PATH.split(delimiter).filter(isAbsolute), toolFolder(env)]) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
