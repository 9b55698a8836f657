import { LRUCache } from "lru-cache";
import { assertionWindowMs } from "./internal-assertion.ts";
import { type RedisClient } from "./redis.ts";

/** Remembers signatures of mutations for as long as they would be accepted, so that each is used once. */
export interface ReplayGuard {
  /** @returns false when the signature was seen before */
  claim(signature: string): Promise<boolean>;
}

/**
 * The local memory stops replays to the same instance even without Redis; Redis extends that to all instances. A Redis
 * that does not answer is passed over: the network policy still stands, and a shop that cannot sell is worse.
 */
export function createReplayGuard({
  redis,
  namespace,
}: {
  redis?: RedisClient | undefined;
  namespace: string;
}): ReplayGuard {
  // Twice the window: a signature may be dated up to one window ahead of our clock.
  const ttl = 2 * assertionWindowMs;
  const seen = new LRUCache<string, true>({ max: 100_000, ttl });
  return {
    async claim(signature) {
      if (seen.has(signature)) return false;
      seen.set(signature, true);
      if (!redis) return true;
      try {
        return (await redis.set(`${namespace}:assertion:${signature}`, "1", "PX", ttl, "NX")) === "OK";
      } catch {
        return true;
      }
    },
  };
}
