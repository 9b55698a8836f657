import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis } from "@tradegraph/kit/redis";
import { invalidationKeys } from "@tradegraph/kit/invalidation";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { cacheKey } from "../src/cache/store/cache-key.ts";
import { createFillLead } from "../src/cache/store/fill-lead.ts";
import { openInvalidationLog } from "../src/cache/log/open-invalidation-log.ts";
import { type OwnCacheRedis, startOwnCacheRedis } from "./own-cache-redis.ts";
import { storeStage, type StoreStage, type TestStore } from "./store-stage.ts";

const redisUri = inject("redisUri");
const logger = createLogger({ service: "test", level: "silent" });

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

describe.skipIf(!redisUri)("cache store without a working Redis", () => {
  let own: OwnCacheRedis | undefined;
  let stage: StoreStage;
  beforeAll(async () => {
    own = await startOwnCacheRedis();
    if (own) stage = storeStage(own.uri);
  });
  afterAll(async () => {
    await stage?.stop();
    await own?.stop();
  });

  it("waits no longer than the deadline for a Redis that does not answer, leaves it alone then, and comes back", async ({
    skip,
  }) => {
    if (!own) return skip("no Redis of its own here");
    const store = await stage.open({ lookupMs: 50 });
    const [kept, inRedis] = [stage.keyOf("kept"), stage.keyOf("in redis")];
    store.keep(kept, stage.entryOf());
    (await stage.open()).keep(inRedis, stage.entryOf({ bytes: Buffer.from("far") }));
    await expect.poll(() => store.redis.exists(inRedis)).toBe(1);

    own.freeze();
    const first = await timed(() => store.find([kept, inRedis]));
    expect(first.value.map((found) => found?.level)).toEqual(["memory", undefined]);
    expect(first.ms).toBeGreaterThan(40);
    expect(first.ms).toBeLessThan(300);
    await Promise.all(Array.from({ length: 25 }, (_, index) => store.find([stage.keyOf(`${index}`)])));
    expect(await store.figure("response_cache_redis_bypassed")).toBe(1);
    // A trial each second may wait for the deadline; all others come back at once.
    const bypassed = await timed(async () => {
      for (let index = 0; index < 100; index += 1) await store.find([stage.keyOf(`${index}`)]);
    });
    expect(bypassed.ms).toBeLessThan(1_000);
    store.keep(stage.keyOf("meanwhile"), stage.entryOf());
    expect(store.peek(stage.keyOf("meanwhile"))?.state).toBe("fresh");
    expect(await store.figure("response_cache_redis_writes_total", 'outcome="dropped"')).toBe(1);

    own.thaw();
    await expect.poll(async () => (await store.find([inRedis]))[0]?.level, { timeout: 10_000 }).toBeDefined();
    expect(await store.figure("response_cache_redis_bypassed")).toBe(0);
    expect(await store.figure("response_cache_redis_failures_total")).toBeGreaterThanOrEqual(20);
  });

  it("does not take a pause of this process for a slow Redis", async ({ skip }) => {
    if (!own) return skip("no Redis of its own here");
    const key = stage.keyOf("paused");
    (await stage.open()).keep(key, stage.entryOf());
    const store = await stage.open({ lookupMs: 50 });
    await expect.poll(() => store.redis.exists(key)).toBe(1);
    const finding = store.find([key]);
    // The question is on its way; the answer and the deadline come in the same pause.
    await new Promise((resolve) => setImmediate(resolve));
    const end = performance.now() + 200;
    while (performance.now() < end);
    expect((await finding)[0]?.level).toBe("redis");
  });

  it("does not pile up what Redis does not take", async ({ skip }) => {
    if (!own) return skip("no Redis of its own here");
    const store = await stage.open();
    own.freeze();
    for (let index = 0; index < 1_500; index += 1) store.keep(stage.keyOf(`pile ${index}`), stage.entryOf());
    expect(await store.figure("response_cache_redis_writes_total", 'outcome="dropped"')).toBe(500);
    own.thaw();
    const large = Buffer.alloc(6 * 1_024 * 1_024);
    const calm = await stage.open();
    for (let index = 0; index < 3; index += 1)
      calm.keep(stage.keyOf(`large ${index}`), stage.entryOf({ bytes: large }));
    expect(await calm.figure("response_cache_redis_writes_total", 'outcome="dropped"')).toBe(1);
  });

  it("goes on with its memory when Redis dies, and never throws", async ({ skip }) => {
    const mortal = await startOwnCacheRedis();
    if (!mortal) return skip("no Redis of its own here");
    const mortalStage = storeStage(mortal.uri);
    const store = await mortalStage.open();
    const key = mortalStage.keyOf("kept");
    store.keep(key, mortalStage.entryOf());
    await mortal.stop();
    await expect.poll(() => store.redis.status).not.toBe("ready");
    for (let index = 0; index < 50; index += 1) {
      store.keep(mortalStage.keyOf(`${index}`), mortalStage.entryOf());
      const found = await store.find([key, mortalStage.keyOf(`unknown ${index}`)]);
      expect(found.map((each) => each?.level)).toEqual(["memory", undefined]);
    }
    await mortalStage.stop();
  });
});

describe.skipIf(!redisUri)("cache store in a Redis that is full", () => {
  it("drives out entries only, and invalidations go on being right", { timeout: 60_000 }, async ({ skip }) => {
    const small = await startOwnCacheRedis({ maxMemory: "8mb", maxMemoryPolicy: "volatile-lfu" });
    if (!small) return skip("no Redis of its own here");
    const stage = storeStage(small.uri);
    const redis = connectRedis({ url: small.uri, logger, name: "test" });
    const openLog = () =>
      openInvalidationLog({ redis, namespace: stage.namespace, logger, watched: [], leaseMs: 10_000 });
    await expect.poll(() => redis.status).toBe("ready");
    const [log, otherLog] = [openLog(), openLog()];
    await expect.poll(() => log.epoch() !== undefined && otherLog.epoch() === log.epoch()).toBe(true);
    const epoch = log.epoch() ?? "";
    const store = await stage.open({ log });
    const other = await stage.open({ log: otherLog });

    const keyOf = (index: number) =>
      cacheKey({ namespace: stage.namespace, epoch, level: "E", parts: [String(index)] });
    const keys = Array.from({ length: 3_000 }, (_, index) => keyOf(index));
    const settled = async () => {
      const outcomes = ["stored", "failed", "dropped", "outdated"].map((outcome) =>
        store.figure("response_cache_redis_writes_total", `outcome="${outcome}"`),
      );
      return (await Promise.all(outcomes)).reduce((sum, count) => sum + count, 0);
    };
    expect(await log.append({ tags: ["Product:2"] }, "strict")).toBe(true);
    for (const [index, key] of keys.entries()) {
      const position = log.position() ?? 0;
      store.keep(key, stage.entryOf({ bytes: randomBytes(8_000), tags: [`Product:${index % 3}`], position }));
      if (index % 500 === 499) await expect.poll(settled, { timeout: 10_000 }).toBe(index + 1);
      if (index % 1_000 === 999) expect(await log.append({ tags: [`Order:${index}`] }, "none")).toBe(true);
    }
    expect(await store.figure("response_cache_redis_writes_total", 'outcome="stored"')).toBeGreaterThan(2_000);
    expect(Number(/evicted_keys:(\d+)/.exec(await redis.info("stats"))?.[1])).toBeGreaterThan(500);
    expect(await redis.exists(invalidationKeys.log(stage.namespace), invalidationKeys.epoch(stage.namespace))).toBe(2);

    /** Which of the three tags the entries have that are found. */
    const tagsFound = async (from: TestStore) => {
      const found = await from.find(keys);
      return found.flatMap((each, index) => (each ? [index % 3] : []));
    };
    expect(new Set(await tagsFound(other))).toEqual(new Set([0, 1, 2]));
    expect(await log.append({ tags: ["Product:0"] }, "strict")).toBe(true);
    const left = await tagsFound(other);
    expect(left.length).toBeGreaterThan(100);
    expect(new Set(left)).toEqual(new Set([1, 2]));
    // One that starts now reads it from the log, which is all there.
    const late = openLog();
    await expect.poll(() => late.position()).toBeDefined();
    expect(new Set(await tagsFound(await stage.open({ log: late })))).toEqual(new Set([1, 2]));
    await stage.stop();
    for (const each of [log, otherLog, late]) await each.close();
    redis.disconnect();
    await small.stop();
  });
});

describe.skipIf(!redisUri)("fill lead", () => {
  let stage: StoreStage;
  beforeAll(() => {
    stage = storeStage(redisUri ?? "");
  });
  afterAll(() => stage.stop());

  it("lets one of several gateways lead, and another one after a while", async () => {
    const key = stage.keyOf("led");
    const leads = await Promise.all(
      [1, 2, 3].map(async () => {
        const store = await stage.open();
        return createFillLead({ redis: store.redis, logger });
      }),
    );
    const answers = await Promise.all(leads.map((lead) => lead.tryLead(key, 300)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    await expect.poll(() => leads[0]?.tryLead(key, 300), { interval: 50 }).toBe(true);
  });

  it("lets everybody lead without Redis", async () => {
    const redis = connectRedis({ url: "redis://127.0.0.1:1", logger, name: "test" });
    for (const lead of [createFillLead({ logger }), createFillLead({ redis, logger })]) {
      expect([await lead.tryLead("key", 1_000), await lead.tryLead("key", 1_000)]).toEqual([true, true]);
    }
    redis.disconnect();
  });
});
