// Of several gateways that miss the same answer, one fetches it and the others wait a moment for it to be kept. A courtesy
// to the subgraphs, not a lock: whoever waited long enough fetches as well.
import { type Logger } from "@tradegraph/kit/logger";
import { type RedisClient } from "@tradegraph/kit/redis";
import { setTimeout as sleep } from "node:timers/promises";
import { type Found } from "./entry.ts";
import { createRedisGate } from "./redis-gate.ts";
import { type CacheStore } from "./store.ts";

export interface FillLead {
  /**
   * Whether the caller is the one who fetches, for so many milliseconds. Everybody leads without Redis. It is not given back:
   * a leader that failed is not followed by others at once.
   */
  tryLead: (key: string, ms: number) => Promise<boolean>;
  /** For those who do not lead. @returns a fresh answer, or undefined when none was kept in time */
  awaitKept: (key: string) => Promise<Found | undefined>;
}

const pollMs = 10;

export function createFillLead(options: {
  redis?: RedisClient;
  store: Pick<CacheStore, "find">;
  logger: Logger;
  lookupMs?: number;
  /** How long those who do not lead wait in milliseconds; 100 unless given. */
  waitMs?: number;
}): FillLead {
  const { redis, store, logger, lookupMs = 50, waitMs = 100 } = options;
  const gate = createRedisGate({ logger });
  return {
    async tryLead(key, ms) {
      if (!redis) return true;
      const set = await gate.run(() => redis.set(`${key}:lead`, "1", "PX", ms, "NX"), lookupMs);
      return set !== null;
    },
    async awaitKept(key) {
      const until = performance.now() + waitMs;
      while (performance.now() < until) {
        const [found] = await store.find([key]);
        if (found?.state === "fresh") return found;
        await sleep(pollMs);
      }
      return undefined;
    },
  };
}
