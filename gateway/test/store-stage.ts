// Stores of two gateways over one Redis, with a log that the test moves.
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { randomBytes } from "node:crypto";
import { expect, vi } from "vitest";
import { cacheKey } from "../src/cache/store/cache-key.ts";
import { type CacheEntry } from "../src/cache/store/entry.ts";
import { type CacheStore, type CacheStoreOptions, createCacheStore } from "../src/cache/store/store.ts";
import { createStoreMetrics } from "../src/cache/store/store-metrics.ts";
import { fakeInvalidationLog, type FakeInvalidationLog } from "./fake-invalidation-log.ts";

const logger = createLogger({ service: "test", level: "silent" });

/** A busy machine must not look like a slow Redis; tests of the deadline give their own. */
const patient = { lookupMs: 2_000 };

export interface TestStore extends CacheStore {
  redis: RedisClient;
  /** A figure by its name and labels, as `name{outcome="stored"}`; 0 when it was never counted. */
  figure: (name: string, label?: string) => Promise<number>;
}

export interface StoreStage {
  namespace: string;
  log: FakeInvalidationLog;
  /** A store with connection and memory of its own. */
  open: (options?: Partial<CacheStoreOptions>) => Promise<TestStore>;
  keyOf: (name: string) => string;
  entryOf: (overrides?: Partial<CacheEntry>) => CacheEntry;
  stop: () => Promise<void>;
}

export function storeStage(url: string, namespace = `test_${randomBytes(6).toString("hex")}`): StoreStage {
  const log = fakeInvalidationLog();
  const opened: TestStore[] = [];
  return {
    namespace,
    log,
    async open(options = {}) {
      const redis = connectRedis({ url, logger, name: "test" });
      // A cluster that is busy may refuse the first attempt.
      await vi.waitFor(() => expect(redis.status).toBe("ready"), 15_000);
      const registry = createMetrics("test");
      const store = createCacheStore({
        redis,
        log,
        logger,
        metrics: createStoreMetrics(registry),
        ...patient,
        ...options,
      });
      const figure = async (name: string, label = "") => {
        const line = (await registry.metrics())
          .split("\n")
          .find((each) => each.startsWith(name) && each.includes(label));
        return Number(line?.split(" ").at(-1) ?? 0);
      };
      opened.push({ ...store, redis, figure });
      return { ...store, redis, figure };
    },
    keyOf: (name) => cacheKey({ namespace, epoch: log.epochName, level: "E", parts: [name] }),
    entryOf: (overrides = {}) => ({
      bytes: Buffer.from('{"name":"Drill"}'),
      tags: ["Product:1"],
      sources: ["products"],
      ...{ position: log.at, storedAt: Date.now(), maxAge: 100, swr: 0, sie: 0 },
      ...overrides,
    }),
    async stop() {
      for (const { close, redis } of opened) {
        await close();
        redis.disconnect();
      }
    },
  };
}
