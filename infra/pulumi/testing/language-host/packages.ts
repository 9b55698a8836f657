// Pulumi packages a program has installed: the engine asks for the plugin of each.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export interface PulumiPackage {
  name: string;
  version: string;
  server: string;
}

interface Manifest {
  name: string;
  version: string;
  pulumi?: { resource?: boolean; name?: string; version?: string; server?: string };
}

/** Packages marked `"pulumi": {"resource": true}` in any node_modules from `folder` upwards; the nearest one counts. */
export function pulumiPackages(folder: string): PulumiPackage[] {
  const found = new Map<string, PulumiPackage>();
  for (let at = resolve(folder); ; at = dirname(at)) {
    for (const { name, version, pulumi } of manifests(join(at, "node_modules"))) {
      if (!pulumi?.resource || found.has(name)) continue;
      const own = pulumi.name ?? name.split("/").at(-1) ?? name;
      found.set(name, { name: own, version: pulumi.version ?? version, server: pulumi.server ?? "" });
    }
    if (at === dirname(at)) return [...found.values()];
  }
}

function manifests(modules: string): Manifest[] {
  if (!existsSync(modules)) return [];
  return readdirSync(modules)
    .flatMap((entry) =>
      entry.startsWith("@") ? readdirSync(join(modules, entry)).map((sub) => join(entry, sub)) : [entry],
    )
    .map((entry) => join(modules, entry, "package.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as Manifest);
}
