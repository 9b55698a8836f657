// The keys of the internal assertion as a program holds them: from a setting, or from a ring that is rotated while it runs.
import { type SigningKey, type SigningKeys } from "./internal-assertion.ts";
import { publishedKeys, signingKey, signingRing, type SigningRingKey, watchRing } from "./key-ring.ts";
import { type Logger } from "./logger.ts";

/** Settings of {@link openSigningKeys}, of which parseEnv lets exactly one through. */
export interface SigningKeySettings {
  INTERNAL_SIGNING_KEYS?: readonly SigningKey[] | undefined;
  /** Path of a key ring. */
  INTERNAL_SIGNING_KEYS_FILE?: string | undefined;
}

export interface OpenSigningKeys {
  keys: SigningKeys;
  close: () => void;
}

/** @throws Error when the ring cannot be read */
export function openSigningKeys(settings: SigningKeySettings, logger: Logger): OpenSigningKeys {
  const { INTERNAL_SIGNING_KEYS: fixed = [], INTERNAL_SIGNING_KEYS_FILE: path } = settings;
  if (path === undefined) return { keys: fixed, close: () => undefined };
  const ring = watchRing({ path, schema: signingRing, logger });
  return { keys: () => keysAt(ring.keys(), new Date()), close: ring.close };
}

/** The one that signs first, as signRequest() takes them, then all others that verify. */
export function keysAt(ring: readonly SigningRingKey[], now: Date): SigningKey[] {
  const first = signingKey(ring, now);
  // Without one nothing is signed, rather than by a key that others may not know yet.
  if (!first) return [];
  return [first, ...publishedKeys(ring, now).filter((key) => key !== first)];
}
