// Of several gateways that find the same answer stale, one fetches it again. A courtesy to the subgraphs, not a lock. Nobody
// waits for it: each shows what it has. Misses need none, see docs/CACHING.md.
import { type Logger } from "@tradegraph/kit/logger";
import { type RedisClient } from "@tradegraph/kit/redis";
import { createRedisGate } from "./redis-gate.ts";

export interface FillLead {
  /**
   * Whether the caller is the one who fetches, for so many milliseconds. Everybody leads without Redis. It is not given back:
   * a leader that failed is not followed by others at once.
   */
  tryLead: (key: string, ms: number) => Promise<boolean>;
}

export function createFillLead(options: { redis?: RedisClient; logger: Logger; lookupMs?: number }): FillLead {
  const { redis, logger, lookupMs = 50 } = options;
  const gate = createRedisGate({ logger });
  return {
    async tryLead(key, ms) {
      if (!redis) return true;
      const set = await gate.run(() => redis.set(`${key}:lead`, "1", "PX", ms, "NX"), lookupMs);
      return set !== null;
    },
  };
}
