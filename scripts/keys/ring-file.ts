// Key rings on disk: private, written whole or not at all, changed by one command at a time.
import { chown, link, open, rename, rm, stat, writeFile } from "node:fs/promises";
import process from "node:process";
import { readRing, type RingKey, type RingSchema } from "@tradegraph/kit/key-ring";

const isError = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;

/** Text only its owner may read, on the disk before the promise resolves. */
const draft = async (file: string, keys: readonly RingKey[]): Promise<string> => {
  const path = `${file}.${process.pid}.new`;
  await writeFile(path, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600, flag: "wx", flush: true });
  return path;
};

/** @throws Error when there is a file already: its keys would be lost */
export async function createRingFile(file: string, keys: readonly RingKey[]): Promise<void> {
  const path = await draft(file, keys);
  try {
    // Unlike a rename, a link never replaces what is there.
    await link(path, file);
  } catch (error) {
    if (isError(error, "EEXIST")) throw new Error(`${file} exists already; use \`rotate\`.`, { cause: error });
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}

/**
 * Replaces the keys of a ring by what `change` makes of them; programs that read meanwhile find the old or the new.
 *
 * @throws Error when there is no ring, or another command changes it at this moment
 */
export async function changeRingFile<K extends RingKey>(
  file: string,
  schema: RingSchema<K>,
  change: (keys: K[]) => K[] | Promise<K[]>,
): Promise<K[]> {
  const unlock = await lock(file);
  try {
    const { uid, gid } = await stat(file);
    const keys = await change(readRing(schema, file));
    const path = await draft(file, keys);
    // The programs' user must still be able to read it.
    if (uid !== process.getuid?.()) await chown(path, uid, gid);
    await rename(path, file);
    return keys;
  } finally {
    await unlock();
  }
}

async function lock(file: string): Promise<() => Promise<void>> {
  const path = `${file}.lock`;
  try {
    const handle = await open(path, "wx", 0o600);
    await handle.close();
  } catch (error) {
    if (!isError(error, "EEXIST")) throw error;
    const advice = `Wait for it; if none is running, one was cut off: remove ${path} and look at \`list\`.`;
    throw new Error(`Another command is changing ${file}. ${advice}`, { cause: error });
  }
  return () => rm(path, { force: true });
}
