// Downloads land in a folder of their own and appear under their name only when complete, so that neither a killed
// download nor a second process ever leaves half a program behind.
import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const dayInMilliseconds = 86_400_000;

/**
 * The program `name` from the cache, fetched first when it is not there or damaged.
 * @param name folder in the cache; holds the version, for a change of version is another folder
 * @param fetch puts the program anywhere into the empty folder it is given, and returns its path
 */
export async function cachedBinary(
  cacheDir: string,
  name: string,
  executable: string,
  fetch: (folder: string) => Promise<string>,
): Promise<string> {
  const home = join(cacheDir, name);
  const binary = join(home, executable);
  if (await isComplete(home, binary)) return binary;

  const work = join(cacheDir, `tmp-${randomUUID()}`);
  await removeAbandoned(cacheDir);
  await mkdir(join(work, "fetched"), { recursive: true });
  try {
    const fetched = await fetch(join(work, "fetched"));
    const ready = join(work, "ready");
    await mkdir(ready);
    await rename(fetched, join(ready, executable));
    await chmod(join(ready, executable), 0o755);
    const { size } = await stat(join(ready, executable));
    await writeFile(join(ready, "complete.json"), JSON.stringify({ size }));
    await publish(ready, home, join(work, "damaged"), () => isComplete(home, binary));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return binary;
}

/** True when `cachedBinary` would answer without fetching. */
export function isCached(cacheDir: string, name: string, executable: string): Promise<boolean> {
  const home = join(cacheDir, name);
  return isComplete(home, join(home, executable));
}

/** Forgets a program that turned out not to run, so that the next call fetches it anew. */
export async function discardCached(cacheDir: string, name: string): Promise<void> {
  await rm(join(cacheDir, name), { recursive: true, force: true });
}

async function publish(
  ready: string,
  home: string,
  damaged: string,
  homeIsComplete: () => Promise<boolean>,
): Promise<void> {
  for (;;) {
    try {
      // Refused while `home` exists and is not empty.
      await rename(ready, home);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
      if (await homeIsComplete()) return; // Another process was quicker.
      await rename(home, damaged);
    }
  }
}

async function isComplete(home: string, binary: string): Promise<boolean> {
  try {
    const { size } = JSON.parse(await readFile(join(home, "complete.json"), "utf8")) as { size: number };
    return (await stat(binary)).size === size;
  } catch {
    return false;
  }
}

async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const entry of await readdir(cacheDir).catch(() => [])) {
    if (!entry.startsWith("tmp-")) continue;
    const folder = join(cacheDir, entry);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > dayInMilliseconds) await rm(folder, { recursive: true, force: true });
  }
}
