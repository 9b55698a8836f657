import { createHmac, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import process from "node:process";
import { decrypt, encrypt } from "./aes-gcm.ts";
import { type KeyManagement, type WrappingContext } from "./key-management.ts";

const keyBytes = 32;

/** Content of a new key file. */
export const newKeyFileText = (): string => `${randomBytes(keyBytes).toString("base64")}\n`;

/**
 * Reads 32 bytes in base64.
 *
 * @throws Error that goes on after the name of the setting: "must be …"
 */
export function readKeyFile(path: string): KeyObject {
  let text: string;
  try {
    // Windows has no such modes.
    if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
      throw new TypeError("must be a file that only its owner may read: chmod 600");
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    if (error instanceof TypeError) throw error;
    throw new Error("must be the path of a file that can be read", { cause: error });
  }
  const key = Buffer.from(text, "base64");
  if (key.length !== keyBytes || key.toString("base64") !== text)
    throw new Error("must be a file of 32 random bytes in base64: openssl rand -base64 32");
  return createSecretKey(key);
}

/** Wraps by AES-256-GCM with a key of our own, for development and for deployments outside AWS. */
export function createFileKeyManagement(key: KeyObject): KeyManagement {
  // Tells the key apart and says nothing about it.
  const fingerprint = createHmac("sha256", key).update("name of the key").digest("hex").slice(0, 8);
  return {
    name: `file:${fingerprint}`,
    wrap: (dataKey, context) => Promise.resolve(encrypt(key, dataKey, textOf(context))),
    // Not `Promise.resolve(…)`: what decrypt throws must reject.
    unwrap: async (wrapped, context) => Promise.resolve(decrypt(key, wrapped, textOf(context))),
  };
}

/** The same for every order of the entries. */
const textOf = (context: WrappingContext): string =>
  JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)));
