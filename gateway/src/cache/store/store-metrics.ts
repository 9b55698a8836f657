import { Counter, durationBuckets, Gauge, Histogram, type Registry, tallyCounter } from "@tradegraph/kit/metrics";
import { type Found } from "./entry.ts";

export type Outcome = Found["state"] | "miss";

export interface StoreMetrics {
  count: (level: Found["level"], outcome: Outcome) => void;
  /** Reads the size of memory when figures are asked for. */
  watch: (size: () => { entries: number; bytes: number }) => void;
  evictions: Counter;
  lookupSeconds: Histogram;
  writes: Counter<"outcome">;
  writtenBytes: Counter;
  redisFailures: Counter;
  corrupt: Counter;
  redisBypassed: Gauge;
}

/** Where answers were looked for and found, and what became of those that were to be kept in Redis. */
export function createStoreMetrics(registry: Registry): StoreMetrics {
  const registers = [registry];
  const lookups = tallyCounter({
    name: "response_cache_lookups_total",
    help: "Keys looked up, by level (memory, redis) and outcome (fresh, stale, onError, miss)",
    labelNames: ["level", "outcome"] as const,
    registers,
  });
  const outcomesOf = (level: Found["level"]) => ({
    fresh: lookups({ level, outcome: "fresh" }),
    stale: lookups({ level, outcome: "stale" }),
    onError: lookups({ level, outcome: "onError" }),
    miss: lookups({ level, outcome: "miss" }),
  });
  const counters = { memory: outcomesOf("memory"), redis: outcomesOf("redis") };
  return {
    count: (level, outcome) => {
      counters[level][outcome].count += 1;
    },
    watch(size) {
      const gauge = (name: string, help: string, read: () => number) =>
        new Gauge({
          ...{ name, help, registers },
          collect() {
            this.set(read());
          },
        });
      gauge("response_cache_memory_bytes", "Memory taken by kept answers", () => size().bytes);
      gauge("response_cache_memory_entries", "Answers in memory", () => size().entries);
    },
    evictions: new Counter({
      name: "response_cache_memory_evictions_total",
      help: "Answers that memory had no room for any more",
      registers,
    }),
    lookupSeconds: new Histogram({
      name: "response_cache_fetch_seconds",
      help: "Time until Redis has told what it has, or the deadline has come",
      buckets: durationBuckets,
      registers,
    }),
    writtenBytes: new Counter({
      name: "response_cache_insert_bytes_total",
      help: "Bytes written to Redis, compressed",
      registers,
    }),
    writes: new Counter({
      name: "response_cache_redis_writes_total",
      help: "Answers for Redis, by outcome (stored, outdated before it was their turn, dropped because Redis is too slow, failed)",
      labelNames: ["outcome"] as const,
      registers,
    }),
    redisFailures: new Counter({
      name: "response_cache_redis_failures_total",
      help: "Commands that Redis refused or did not answer in time",
      registers,
    }),
    corrupt: new Counter({
      name: "response_cache_corrupt_total",
      help: "Values in Redis that could not be read, and were removed",
      registers,
    }),
    redisBypassed: new Gauge({
      name: "response_cache_redis_bypassed",
      help: "1 while Redis is left alone because it failed too often",
      registers,
    }),
  };
}
