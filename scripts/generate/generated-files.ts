import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";

/** Files by absolute path. */
export type GeneratedFiles = Map<string, string>;

/** Writes only what differs, so that watchers see real changes. @returns paths that were written */
export async function writeGenerated(files: GeneratedFiles): Promise<string[]> {
  const stale = await staleFiles(files);
  for (const path of stale) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, files.get(path) ?? "");
  }
  return stale;
}

/** Paths whose content on disk is not what it should be. */
export async function staleFiles(files: GeneratedFiles): Promise<string[]> {
  const states = await Promise.all(
    [...files].map(async ([path, content]) => {
      const current = await readFile(path, "utf8").catch(() => undefined);
      return current === content ? [] : [path];
    }),
  );
  return states.flat();
}

export const shortPath = (root: string, path: string): string => relative(root, path);
