// Keys that follow one another: each is known before it signs and after it has stopped, so that no signature is refused
// while a rotation goes through all programs. One implementation for access tokens and for the internal assertion.
import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync, watch } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { type Logger } from "./logger.ts";

export interface RingKey {
  kid: string;
  /** Signs from then on, until a newer one does. */
  notBefore: Date;
  /** Counts until then; without it for as long as it is in the ring. */
  notAfter?: Date | undefined;
}

export interface KeyRing<K extends RingKey> {
  keys: K[];
}

/** Keys that verify: those that are to come too, so that verifiers know them before they sign. */
export const publishedKeys = <K extends RingKey>(keys: readonly K[], now: Date): K[] =>
  keys.filter(({ notAfter }) => notAfter === undefined || now < notAfter);

/** The newest key whose time has come, of two that begin together the one added last. @returns undefined without one */
export const signingKey = <K extends RingKey>(keys: readonly K[], now: Date): K | undefined =>
  publishedKeys(keys, now)
    .filter(({ notBefore }) => notBefore <= now)
    .sort((a, b) => a.notBefore.getTime() - b.notBefore.getTime())
    .at(-1);

/** Keys that wait for their time. */
export const pendingKeys = <K extends RingKey>(keys: readonly K[], now: Date): K[] =>
  publishedKeys(keys, now).filter(({ notBefore }) => notBefore > now);

/**
 * Puts `next` into the ring: what signs now counts on for `overlapMs` after `next` has begun, whatever an earlier rotation
 * that is given up here had planned for it. What has ended goes, and so does what waited to sign and never did.
 */
export function rotatedKeys<K extends RingKey>(keys: readonly K[], next: K, now: Date, overlapMs: number): K[] {
  const end = new Date(next.notBefore.getTime() + overlapMs);
  const signing = signingKey(keys, now);
  const earlier = publishedKeys(keys, now).filter(({ notBefore }) => notBefore <= now);
  return [...earlier.map((key) => ({ ...key, notAfter: key === signing ? end : (key.notAfter ?? end) })), next];
}

const instant = z.iso.datetime().transform((text) => new Date(text));

const datesOf = { notBefore: instant, notAfter: instant.optional() };

const ringOf = <K extends z.ZodType<RingKey>>(key: K) =>
  z.strictObject({
    keys: z
      .array(key)
      .min(1)
      .max(50)
      .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, "two keys have the same kid"),
  });

/** @returns undefined for what is no RSA private key in PEM of 2048 bits or more */
export function rsaKey(pem: string): KeyObject | undefined {
  try {
    // Files of variables cannot hold line ends and write them as \n.
    const key = createPrivateKey(pem.replaceAll("\\n", "\n"));
    return key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048 ? key : undefined;
  } catch {
    return undefined;
  }
}

const isRsa = (pem: string) => rsaKey(pem) !== undefined;

/** Keys that sign access tokens; `kid` is the RFC 7638 thumbprint. */
export const jwtRing = ringOf(
  z.strictObject({
    ...datesOf,
    kid: z.string().regex(/^[\w-]{1,64}$/),
    pem: z.string().refine(isRsa, "is no RSA key of 2048 bits or more"),
  }),
);
/** Keys of the internal assertion. */
export const signingRing = ringOf(
  z.strictObject({ ...datesOf, kid: z.string().regex(/^[\w-]{1,32}$/), secret: z.string().min(32).max(256) }),
);

export type JwtKey = z.infer<typeof jwtRing>["keys"][number];
export type SigningRingKey = z.infer<typeof signingRing>["keys"][number];

/** A schema of a ring, {@link jwtRing} or {@link signingRing}. */
export type RingSchema<K extends RingKey> = z.ZodType<KeyRing<K>>;

/** @throws Error that says what is wrong, without any part of a key */
export function parseRing<K extends RingKey>(schema: RingSchema<K>, text: string): K[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new Error("is no JSON");
  }
  const { success, data, error } = schema.safeParse(json);
  if (success) return data.keys;
  const [first] = error.issues;
  throw new Error(`${first?.path.join(".") ?? ""}: ${first?.message ?? "is no key ring"}`);
}

/** @throws Error when the file cannot be read or is no ring */
export const readRing = <K extends RingKey>(schema: RingSchema<K>, path: string): K[] =>
  parseRing(schema, readFileSync(path, "utf8"));

export interface WatchedRing<K extends RingKey> {
  /** As the file said it last. */
  keys: () => readonly K[];
  close: () => void;
}

/**
 * Reads a ring now, every `pollMs` and whenever its folder changes. A file that cannot be used is logged and changes
 * nothing: the keys read last go on.
 *
 * @throws Error when it cannot be used at the start
 */
export function watchRing<K extends RingKey>(options: {
  path: string;
  schema: RingSchema<K>;
  logger: Logger;
  pollMs?: number;
  debounceMs?: number;
}): WatchedRing<K> {
  const { path, schema, logger, pollMs = 30_000, debounceMs = 100 } = options;
  let text = readFileSync(path, "utf8");
  let keys = parseRing(schema, text);
  let trouble = "";
  let timer: NodeJS.Timeout | undefined;
  const read = () => {
    try {
      const changed = readFileSync(path, "utf8");
      if (changed !== text) keys = parseRing(schema, changed);
      text = changed;
      trouble = "";
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== trouble) logger.error({ path, reason }, "The key ring cannot be read; the keys read last go on");
      trouble = reason;
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(read, debounceMs).unref();
  };
  // The folder, not the file: a replaced file is another one, and mounts swap a link beside it.
  const watcher = watch(dirname(path), { persistent: false }, soon).on("error", () => {
    logger.warn({ path }, "The folder of the key ring cannot be watched; looking at it from time to time");
  });
  const poll = setInterval(read, pollMs).unref();
  return {
    keys: () => keys,
    close() {
      watcher.close();
      clearInterval(poll);
      clearTimeout(timer);
    },
  };
}
