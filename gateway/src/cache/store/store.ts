// Where answers are kept: memory of this process over Redis. The invalidation log has the last word on each, whenever one is
// found and before one is kept.
import { type Logger } from "@tradegraph/kit/logger";
import { type RedisClient } from "@tradegraph/kit/redis";
import { isKeyOfEpoch } from "./cache-key.ts";
import { type CacheEntry, type Found } from "./entry.ts";
import { type CacheClock, lifetimeMs, stateOf, systemClock } from "./freshness.ts";
import { type InvalidationLog } from "../log/invalidation-log.ts";
import { createMemoryStore, type Held, ownEntry } from "./memory-store.ts";
import { createRedisStore } from "./redis-store.ts";
import { type StoreMetrics } from "./store-metrics.ts";

/**
 * Memory of this process over Redis. Nothing here throws, and nothing waits longer than the lookup deadline. Keys are made
 * by cacheKey: those of another epoch find nothing and keep nothing.
 */
export interface CacheStore {
  /** Looks into memory only. */
  peek: (key: string) => Found | undefined;
  /** Looks into memory, then Redis, all keys at once; what counts no more is not found. In the order of the keys. */
  find: (keys: readonly string[]) => Promise<(Found | undefined)[]>;
  /** Keeps an answer, unless something that it depends on has changed since its position. Redis follows on its own. */
  keep: (key: string, entry: CacheEntry) => void;
  /** Stops keeping; for tests and shut-down. */
  close: () => Promise<void>;
}

export interface CacheStoreOptions {
  /** Without it there is memory only. */
  redis?: RedisClient;
  log: InvalidationLog;
  logger: Logger;
  metrics?: StoreMetrics;
  /** 64 MiB unless given. */
  memoryBytes?: number;
  /** Longest wait for Redis in milliseconds; 50 unless given. */
  lookupMs?: number;
  /** Longest that Redis holds anything, 3600 unless given. */
  maxRedisSeconds?: number;
  clock?: CacheClock;
}

/** An answer from so far in the future, in milliseconds, was dated by a clock that is wrong: nobody knows how old it is. */
const toleratedSkewMs = 1_000;

export function createCacheStore(options: CacheStoreOptions): CacheStore {
  const { redis, log, logger, metrics, clock = systemClock } = options;
  const { memoryBytes = 64 * 1_024 * 1_024, lookupMs = 50, maxRedisSeconds: maxSeconds = 3_600 } = options;
  const memory = createMemoryStore(memoryBytes, clock, () => metrics?.evictions.inc());
  let isClosed = false;
  log.onFlush(memory.clear);
  metrics?.watch(memory.size);

  /** The epoch of a key, if it is the one of now and the log is followed. */
  const epochOf = (key: string): string | undefined => {
    const epoch = isClosed ? undefined : log.epoch();
    return epoch !== undefined && isKeyOfEpoch(key, epoch) ? epoch : undefined;
  };
  const stateNow = (held: Held, age: number): Found["state"] | undefined => {
    const { tags, position, sources } = held.entry;
    const verdict = log.verdict(tags, position);
    return stateOf(held.entry, { age, freshMs: held.freshMs, verdict, isWatched: sources.every(log.isWatched) });
  };
  const mayKeep = (entry: CacheEntry): boolean =>
    log.verdict(entry.tags, entry.position) === "valid" && (entry.sie > 0 || entry.sources.every(log.isWatched));
  /** In milliseconds; undefined when nobody knows. Redis ends what it holds by its own clock, whatever this one says. */
  const ageOf = ({ storedAt }: CacheEntry): number | undefined => {
    const now = clock.wall();
    return storedAt > now + toleratedSkewMs ? undefined : Math.max(0, now - storedAt);
  };
  const remote =
    redis &&
    createRedisStore({
      ...{ redis, logger, metrics, lookupMs, maxSeconds, monotonic: clock.monotonic },
      mayWrite: (key, entry) => epochOf(key) !== undefined && mayKeep(entry),
    });

  const show = (key: string, held: Held, level: Found["level"]): Found | undefined => {
    const age = memory.ageOf(held);
    const state = stateNow(held, age);
    metrics?.count(level, state ?? "miss");
    if (state) return { entry: held.entry, state, age: age / 1_000, freshFor: held.freshMs / 1_000, level };
    // What a silent relay hides may be shown again when it speaks.
    if (held.entry.sources.every(log.isWatched)) memory.drop(key);
    return undefined;
  };
  const peek = (key: string): Found | undefined => {
    const held = memory.get(key);
    // What is held tells its epoch, which is quicker than reading it from the key.
    if (held) return !isClosed && held.epoch === log.epoch() ? show(key, held, "memory") : undefined;
    if (epochOf(key) !== undefined) metrics?.count("memory", "miss");
    return undefined;
  };
  /** Takes over what Redis had, unless something later has been kept here meanwhile. */
  const adopt = (key: string, entry: CacheEntry | undefined): Found | undefined => {
    const epoch = epochOf(key);
    if (epoch === undefined) return undefined;
    const age = entry && ageOf(entry);
    if (!entry || age === undefined) {
      metrics?.count("redis", "miss");
      return undefined;
    }
    const present = memory.get(key);
    if (present && present.entry.storedAt > entry.storedAt) return show(key, present, "memory");
    return show(key, memory.put(key, entry, { age, epoch }), "redis");
  };

  return {
    peek,
    async find(keys) {
      const found = new Map(keys.map((key) => [key, peek(key)]));
      const missing = [...found.keys()].filter((key) => !found.get(key) && epochOf(key) !== undefined);
      if (remote && missing.length > 0) {
        const entries = await remote.read(missing);
        missing.forEach((key, index) => found.set(key, adopt(key, entries[index])));
      }
      return keys.map((key) => found.get(key));
    },
    keep(key, entry) {
      const age = ageOf(entry);
      const left = age === undefined ? 0 : lifetimeMs(entry) - age;
      const epoch = epochOf(key);
      if (age === undefined || epoch === undefined || left <= 0 || !mayKeep(entry)) return;
      const own = ownEntry(entry);
      memory.put(key, own, { age, epoch });
      remote?.write(key, own, clock.monotonic() + left);
    },
    async close() {
      isClosed = true;
      memory.clear();
      await remote?.close();
    },
  };
}
