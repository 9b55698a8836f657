// JWT_PRIVATE_KEY: RSA keys in PEM, one behind the other, of which the first signs and all are published (docs/KEYS.md).
import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";

const PEM = /-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g;
const LEAST_BITS = 2048;

/** @throws without the value, where it is not in that form */
export function readTokenKeys(text: string): [KeyObject, ...KeyObject[]] {
  const [first, ...others] = (text.replaceAll("\\n", "\n").match(PEM) ?? []).map(rsaKey);
  if (!first) throw new Error("must be an RSA private key in PEM");
  return [first, ...others];
}

function rsaKey(pem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // What the parser says may quote the key.
  }
  if (key?.asymmetricKeyType === "rsa" && bitsOf(key) >= LEAST_BITS) return key;
  throw new Error(`must be RSA private keys in PEM, ${LEAST_BITS} bits or more`);
}

const bitsOf = (key: KeyObject) => key.asymmetricKeyDetails?.modulusLength ?? 0;
const write = (keys: KeyObject[]) =>
  keys.map((key) => key.export({ type: "pkcs8", format: "pem" }).toString()).join("");

/**
 * As the keys of calls between programs (signing-keys.ts): the key that came last takes over, the one that signed stays
 * published for one more period, and a new one comes last. So whoever checks tokens knows a key before it signs, and goes on
 * to know it until what it signed has ended; a period is longer than a token lives.
 */
export function nextTokenKeys(text: string): string {
  const keys = readTokenKeys(text);
  const [signing] = keys;
  const fresh = generateKeyPairSync("rsa", { modulusLength: bitsOf(signing) }).privateKey;
  const next = keys.at(-1) ?? signing;
  return write(next === signing ? [signing, fresh] : [next, signing, fresh]);
}
