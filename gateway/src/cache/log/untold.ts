// What could not be written to the log, until it can.
import { appendInvalidation, type Invalidation } from "@tradegraph/kit/invalidation";
import { type RedisConnection } from "@tradegraph/kit/redis";
import { flushCall } from "./log-scripts.ts";

export interface Untold {
  add: (invalidation: Invalidation) => void;
  isEmpty: () => boolean;
  /** Writes what waits. @throws Error when that fails again */
  tell: (redis: RedisConnection) => Promise<void>;
}

/** Beyond this it is less work to forget everything. */
const tagsCap = 10_000;

export function createUntold(options: { namespace: string; cap?: number }): Untold {
  const { namespace, cap = tagsCap } = options;
  let waiting: Invalidation[] = [];
  let tags = 0;
  /** How often it became too much, and how much of that has been told by forgetting everything. */
  let overflows = 0;
  let flushed = 0;
  return {
    add(invalidation) {
      tags += invalidation.tags.length + 1;
      if (tags <= cap) waiting.push(invalidation);
      else [waiting, overflows] = [[], overflows + 1];
    },
    isEmpty: () => waiting.length === 0 && flushed === overflows,
    async tell(redis) {
      if (flushed !== overflows) {
        // What is added meanwhile may have been written after everything was forgotten.
        const before = overflows;
        await redis.eval(...flushCall(namespace, ""));
        flushed = before;
        if (flushed !== overflows) return;
        tags = 0;
      }
      for (let first = waiting[0]; first; first = waiting[0]) {
        await appendInvalidation(redis, namespace, first);
        waiting.shift();
        tags -= first.tags.length + 1;
      }
    },
  };
}
