// A program counts only after it was started and said its version. The answer is kept in the cache, for as long as
// the file is the same, so that a warm start does not start every server twice.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, realpath, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAtLeast } from "./version.ts";

export interface Trial {
  cacheDir: string;
  /** Oldest version accepted: "6.0". */
  minimum: string;
  /** Starts the program on throw-away data, asks it, stops it. */
  askVersion: (binary: string) => Promise<string>;
}

/** The version of a program that works; rejects with the reason when it does not start or is too old. */
export async function verifiedVersion(binary: string, { cacheDir, minimum, askVersion }: Trial): Promise<string> {
  const record = join(cacheDir, "verified", `${await fingerprint(binary)}.txt`);
  let version = await readFile(record, "utf8").catch(() => "");
  if (version === "") {
    version = await askVersion(binary);
    await mkdir(join(cacheDir, "verified"), { recursive: true });
    const draft = `${record}.${randomUUID()}`;
    await writeFile(draft, version);
    await rename(draft, record);
  }
  if (!isAtLeast(version, minimum)) throw new Error(`${binary} is version ${version}, ${minimum} or newer is needed`);
  return version;
}

async function fingerprint(binary: string): Promise<string> {
  const path = await realpath(binary);
  const { size, mtimeMs } = await stat(path);
  return createHash("sha256").update(`${path}\n${size}\n${mtimeMs}`).digest("hex").slice(0, 32);
}
