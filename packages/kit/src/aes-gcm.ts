// AES-256-GCM as text: `<iv>:<tag>:<ciphertext>`, each base64url.
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/** Bytes in base64url without padding. */
const base64Length = (bytes: number) => Math.ceil((bytes * 4) / 3);

/** Characters of what {@link encrypt} makes out of so many bytes. */
export const encryptedLength = (bytes: number): number =>
  base64Length(ivBytes) + 1 + base64Length(tagBytes) + 1 + base64Length(bytes);

/** Source of a pattern that every text of {@link encrypt} meets, without groups and flags: validators use it. */
export const encryptedPattern = `[A-Za-z0-9_-]{${base64Length(ivBytes)}}:[A-Za-z0-9_-]{${base64Length(tagBytes)}}:[A-Za-z0-9_-]*`;

/** Encrypts under a fresh random IV. @param context bound to the text: it opens with the same bytes only */
export function encrypt(key: KeyObject, plain: Uint8Array, context: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString("base64url")).join(":");
}

/** @throws Error for anything but what {@link encrypt} gave for this key and context; never tells what was in it */
export function decrypt(key: KeyObject, text: string, context: string): Buffer {
  const [iv, tag, ciphertext, ...rest] = text.split(":").map(bytesOf);
  if (!iv || !tag || !ciphertext || rest.length > 0) throw new Error("The encrypted text is malformed.");
  if (iv.length !== ivBytes || tag.length !== tagBytes) throw new Error("The encrypted text is malformed.");
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  // The decoder forgives foreign characters and spare bits: two texts must not be one value.
  if (bytes.toString("base64url") !== text) throw new Error("The encrypted text is malformed.");
  return bytes;
}
