import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writePrivate } from "./data-folder.ts";

/** The file inside a data folder. */
export const encryptionKeyFile = "encryption.key";

/**
 * Makes the key that wraps the data keys of a local graph, on the first start. It stays beside the data: without it nobody
 * reads what was sealed.
 *
 * @returns path for ENCRYPTION_KEY_FILE
 */
export async function openEncryptionKey(dataDir: string): Promise<string> {
  const file = join(dataDir, encryptionKeyFile);
  if (existsSync(file)) return file;
  await mkdir(dataDir, { recursive: true });
  await writePrivate(file, `${randomBytes(32).toString("base64")}\n`);
  return file;
}
