// What a partner's API key looks like: users makes and keeps them, the gateway recognises them.
import { createHash, randomBytes } from "node:crypto";

export const apiKeyHeader = "x-api-key";

/** `tgk_`, 8 characters to tell keys apart, `_`, 256 random bits. */
const keyPattern = /^tgk_[0-9a-f]{8}_[\w-]{43}$/;

/** Channel on which users tells gateways that a key has changed; the message is the key's hash. */
export const apiKeyChannel = (namespace: string): string => `${namespace}:api-keys`;

export interface NewApiKey {
  /** The whole key, which only the partner keeps. */
  secret: string;
  /** Its public beginning. */
  prefix: string;
  keyHash: string;
}

/** A new key out of random bits. */
export function createApiKey(): NewApiKey {
  const prefix = `tgk_${randomBytes(4).toString("hex")}`;
  const secret = `${prefix}_${randomBytes(32).toString("base64url")}`;
  return { secret, prefix, keyHash: hashApiKey(secret) };
}

/** Whether this text can be a key at all: whatever cannot is never looked up. */
export const isApiKeyText = (text: string): boolean => keyPattern.test(text);

/**
 * SHA-256 of the whole key, base64url. Nobody guesses 256 random bits, however fast the hash: a slow one, as passwords
 * need, would only slow us down.
 */
export const hashApiKey = (key: string): string => createHash("sha256").update(key).digest("base64url");

/** Whether this text can be the hash of a key. */
export const isApiKeyHash = (text: string): boolean => /^[\w-]{43}$/.test(text);
