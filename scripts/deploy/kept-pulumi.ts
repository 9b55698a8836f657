// Where `pnpm infra:engine` keeps the Pulumi CLI that it got: no shell has that folder on its path.
import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * A search path with those folders at its end, the newest version first.
 * @param cache ~/.cache, or what XDG_CACHE_HOME says
 */
export function withKeptPulumi(path: string, cache: string): string {
  const root = join(cache, "tradegraph", "pulumi-cli");
  const newestFirst = versionsIn(root).sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  return [path, ...newestFirst.map((version) => join(root, version, "bin"))].filter(Boolean).join(delimiter);
}

function versionsIn(root: string): string[] {
  try {
    return readdirSync(root).filter((name) => /^v\d/.test(name));
  } catch {
    return []; // never got one
  }
}
