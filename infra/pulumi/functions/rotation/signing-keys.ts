// INTERNAL_SIGNING_KEYS: `kid:secret` pairs joined by commas, of which the first signs and all verify (docs/KEYS.md).
import { randomBytes } from "node:crypto";

interface Key {
  kid: string;
  secret: string;
}

/** @throws without the value, where it is not in that form */
export function readKeys(text: string): [Key, ...Key[]] {
  const [first, ...others] = text.split(",").map((pair): Key => {
    const [kid = "", secret = ""] = pair.trim().split(":");
    if (!/^[\w-]{1,32}$/.test(kid) || secret.length < 32) {
      throw new Error("must be `kid:secret` pairs joined by commas, secrets of 32 characters or more");
    }
    return { kid, secret };
  });
  if (!first) throw new Error("has no key");
  return [first, ...others];
}

const write = (keys: Key[]) => keys.map(({ kid, secret }) => `${kid}:${secret}`).join(",");

/**
 * The key that came last takes over, the one that signed stays for one more period, and a new key comes last. So a program
 * that still runs with the value before knows whatever one with the new value signs, however long the deployment takes.
 * @param token of the rotation, unique
 */
export function nextKeys(text: string, token: string): string {
  const keys = readKeys(text);
  const [signing] = keys;
  const fresh = { kid: `r-${token.replaceAll(/\W/g, "").slice(0, 16)}`, secret: randomBytes(32).toString("hex") };
  const next = keys.at(-1) ?? signing;
  // With a single key the new one is made known first, and takes over the next time.
  return write(next === signing ? [signing, fresh] : [next, signing, fresh]);
}
