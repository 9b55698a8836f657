// Automatic persisted queries: texts that apps registered by sending them once with their hash. What is kept is no list
// and gives no right; it only saves bytes.
import { type Logger } from "@tradegraph/kit/logger";
import { operationHash } from "@tradegraph/kit/operation-text";
import { type RedisClient } from "@tradegraph/kit/redis";
import { LRUCache } from "lru-cache";
import { type PromiseOrValue } from "../promise-or-value.ts";

export interface AutomaticOperations {
  /** Undefined where nobody registered it, or nobody can tell: then the client sends the text again. */
  read: (hash: string) => PromiseOrValue<string | undefined>;
  /** Of an operation that was found valid. Takes no time of the caller, and never fails. */
  register: (hash: string, text: string) => void;
}

/** Characters; longer texts are sent in full each time. */
export const maxAutomaticText = 64 * 1024;
/** A day after it was last asked for. */
const keptSeconds = 86_400;
/** Memory for texts, and for how long one is used without telling Redis that it is. */
const memory = { max: 2_000, maxSize: 16 * 1024 * 1024, ttl: 3_600_000 };
/** New texts that one gateway writes to Redis in a minute: whoever makes texts up must not fill it. */
const maxWrites = 300;
const windowMs = 60_000;
/** How long a request waits for Redis. */
const waitMs = 50;
/** Redis is left alone for so long after it failed, but for one question. */
const restMs = 1_000;

export interface AutomaticOptions {
  redis: RedisClient | undefined;
  namespace: string;
  logger: Logger;
}

export function createAutomaticOperations({ redis, namespace, logger }: AutomaticOptions): AutomaticOperations {
  const known = new LRUCache<string, string>({ ...memory, sizeCalculation: (text) => text.length + 100 });
  const keyOf = (hash: string) => `${namespace}:apq:${hash}`;
  let windowEnds = 0;
  let writes = 0;
  let restsUntil = -Infinity;
  const mayWrite = () => {
    if (performance.now() >= windowEnds) {
      windowEnds = performance.now() + windowMs;
      writes = 0;
    }
    writes += 1;
    return writes <= maxWrites;
  };

  const ask = async (client: RedisClient, hash: string): Promise<string | undefined> => {
    const text = await client.getex(keyOf(hash), "EX", keptSeconds);
    restsUntil = -Infinity;
    // Whoever may write to Redis must not decide what an id means.
    if (text === null || operationHash(text) !== hash) return undefined;
    known.set(hash, text);
    return text;
  };
  /** What comes too late is remembered for the next. */
  const find = (client: RedisClient, hash: string): PromiseOrValue<string | undefined> => {
    const at = performance.now();
    if (at < restsUntil) return undefined;
    // One question finds out whether Redis is back.
    if (restsUntil > -Infinity) restsUntil = at + restMs;
    return new Promise((resolve) => {
      let isDone = false;
      const giveUp = (error?: unknown) => {
        if (isDone) return;
        restsUntil = performance.now() + restMs;
        logger.debug({ error }, "Automatic persisted queries cannot be read");
        resolve(undefined);
      };
      // An answer that came while this program was busy is read first.
      const timer = setTimeout(() => void setImmediate(giveUp), waitMs);
      ask(client, hash)
        .then(resolve, giveUp)
        .finally(() => {
          isDone = true;
          clearTimeout(timer);
        });
    });
  };

  return {
    read: (hash) => known.get(hash) ?? (redis && isHash(hash) ? find(redis, hash) : undefined),
    register(hash, text) {
      if (text.length > maxAutomaticText || known.has(hash)) return;
      known.set(hash, text);
      if (!redis || !mayWrite()) return;
      redis.set(keyOf(hash), text, "EX", keptSeconds).catch((error: unknown) => {
        logger.debug({ error }, "An automatic persisted query cannot be kept");
      });
    },
  };
}

const isHash = (hash: string): boolean => /^[0-9a-f]{64}$/.test(hash);
