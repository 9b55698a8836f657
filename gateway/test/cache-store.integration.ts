import { duplicateFor } from "@tradegraph/kit/redis";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { cacheKey } from "../src/cache/store/cache-key.ts";
import { decodeEntry, encodeEntry } from "../src/cache/store/entry-codec.ts";
import { systemClock } from "../src/cache/store/freshness.ts";
import { storeStage, type StoreStage, type TestStore } from "./store-stage.ts";

const redisUri = inject("redisUri");

describe.skipIf(!redisUri)("cache store over Redis", () => {
  let stage: StoreStage;
  let [one, other]: TestStore[] = [];
  let names = 0;
  const nextKey = () => stage.keyOf(`key ${(names += 1)}`);
  /** Kept by one gateway, and in Redis. */
  const keep = async (key: string, overrides: Parameters<StoreStage["entryOf"]>[0] = {}) => {
    const entry = stage.entryOf(overrides);
    one?.keep(key, entry);
    await expect.poll(() => one?.redis.exists(key)).toBe(1);
    return entry;
  };

  beforeAll(async () => {
    stage = storeStage(redisUri ?? "");
    one = await stage.open();
    other = await stage.open();
  });
  afterAll(() => stage.stop());

  it("shows other gateways what one has kept, from Redis first and from memory then", async () => {
    const key = nextKey();
    const entry = await keep(key, { bytes: Buffer.alloc(5_000, "drill "), meta: { etag: "x" } });
    const [found] = (await other?.find([key])) ?? [];
    expect(found).toMatchObject({ state: "fresh", level: "redis" });
    expect(found?.entry).toEqual(entry);
    expect(() => Object.assign(found?.entry.meta ?? {}, { etag: "y" })).toThrow(TypeError);
    expect(other?.peek(key)).toMatchObject({ state: "fresh", level: "memory" });
    expect(other?.peek(key)?.entry).toEqual(entry);
    expect(await one?.redis.strlen(key)).toBeLessThan(500);
  });

  it("looks for many keys at once, in their order", async () => {
    const keys = Array.from({ length: 100 }, nextKey);
    for (const [index, key] of keys.entries()) {
      if (index % 3 === 0) await keep(key, { bytes: Buffer.from(String(index)) });
    }
    const found = await other?.find(keys);
    expect(found?.map((each) => each?.entry.bytes.toString())).toEqual(
      keys.map((_, index) => (index % 3 === 0 ? String(index) : undefined)),
    );
  });

  it("lets Redis end what it holds with the last second in which it may be shown", async () => {
    const key = nextKey();
    await keep(key, { maxAge: 100, swr: 10, sie: 20, storedAt: Date.now() - 50_000 });
    const left = (await one?.redis.pttl(key)) ?? 0;
    expect(left).toBeGreaterThan(60_000);
    expect(left).toBeLessThanOrEqual(70_000);
  });

  it("lets nothing stay in Redis beyond the limit", async () => {
    const store = await stage.open({ maxRedisSeconds: 30 });
    const key = nextKey();
    store.keep(key, stage.entryOf({ maxAge: 3_600 }));
    await expect.poll(() => store.redis.pttl(key)).toBeGreaterThan(25_000);
    expect(await store.redis.pttl(key)).toBeLessThanOrEqual(30_000);
  });

  it("gives an answer from Redis only the time that is left of it", async () => {
    const time = { wall: Date.now(), monotonic: 0 };
    const late = await stage.open({ clock: { wall: () => time.wall, monotonic: () => time.monotonic } });
    const key = nextKey();
    await keep(key, { maxAge: 100, swr: 50 });
    time.wall += 90_000;
    expect((await late.find([key]))[0]).toMatchObject({ state: "fresh", level: "redis" });
    // From here on the clock is set back again and again; what is in memory grows old all the same.
    time.wall -= 90_000;
    time.monotonic += 11_000;
    expect(late.peek(key)?.state).toBe("stale");
    time.monotonic += 50_000;
    expect(late.peek(key)).toBeUndefined();
  });

  it("finds nothing that is dated in the future: nobody knows how old it is", async () => {
    const slow = await stage.open({ clock: { ...systemClock, wall: () => Date.now() - 60_000 } });
    const key = nextKey();
    await keep(key);
    expect(await slow.find([key])).toEqual([undefined]);
  });

  it("finds nothing in Redis that was changed since, and marks as stale what was marked", async () => {
    const [key, softKey] = [nextKey(), nextKey()];
    await keep(key, { tags: ["Product:7"], swr: 50, sie: 50 });
    await keep(softKey, { tags: ["Product:8"], swr: 50 });
    stage.log.mark(["Product:7"]);
    stage.log.mark(["Product:8"], "soft");
    const found = await other?.find([key, softKey]);
    expect(found?.map((each) => each?.state)).toEqual([undefined, "stale"]);
    expect(other?.peek(key)).toBeUndefined();
  });

  it("does not write what was changed between the position and the answer (P3)", async () => {
    const key = nextKey();
    const entry = stage.entryOf({ tags: ["Product:9"] });
    stage.log.mark(["Product:9"]);
    one?.keep(key, entry);
    const after = nextKey();
    await keep(after);
    expect(await one?.redis.exists(key)).toBe(0);
    expect(await other?.find([key])).toEqual([undefined]);
  });

  it("does not write what was changed while it waited to be written", async () => {
    const [key, after] = [nextKey(), nextKey()];
    one?.keep(key, stage.entryOf({ tags: ["Product:10"] }));
    stage.log.mark(["Product:10"]);
    await keep(after);
    expect(await one?.redis.exists(key)).toBe(0);
    expect(await one?.figure("response_cache_redis_writes_total", 'outcome="outdated"')).toBe(1);
  });

  it("does not take over from Redis what is older than what was kept meanwhile", async () => {
    const key = nextKey();
    await keep(key, { bytes: Buffer.from("first"), storedAt: Date.now() - 1_000 });
    const finding = other?.find([key]);
    other?.keep(key, stage.entryOf({ bytes: Buffer.from("second") }));
    expect((await finding)?.[0]?.entry.bytes.toString()).toBe("second");
    expect(other?.peek(key)?.entry.bytes.toString()).toBe("second");
  });

  it.each([
    ["no entry at all", () => Buffer.from("hello")],
    ["nothing", () => Buffer.alloc(0)],
    ["an entry of another key", () => encodeEntry("another", stage.entryOf())],
    [
      "an entry with a flipped bit",
      (key: string) => {
        const value = encodeEntry(key, stage.entryOf());
        value[20] = (value[20] ?? 0) ^ 1;
        return value;
      },
    ],
    [
      "an entry of another version",
      (key: string) => {
        const value = encodeEntry(key, stage.entryOf());
        value[1] = 99;
        return value;
      },
    ],
  ])("finds nothing in %s, removes and counts it", async (_, make) => {
    const store = await stage.open();
    const key = nextKey();
    await store.redis.set(key, make(key), "EX", 60);
    expect(await store.find([key])).toEqual([undefined]);
    await expect.poll(() => store.redis.exists(key)).toBe(0);
    expect(await store.figure("response_cache_corrupt_total")).toBe(1);
  });

  it("finds nothing under a key of another type", async () => {
    const key = nextKey();
    await one?.redis.hset(key, "a", "b");
    expect(await one?.find([key])).toEqual([undefined]);
  });

  it("asks Redis nothing while the log has no lease", async () => {
    const key = nextKey();
    await keep(key);
    const heard: string[] = [];
    const monitor = await duplicateFor((other as TestStore).redis, key).monitor();
    monitor.on("monitor", (_time: string, [command = "", subject = ""]: string[]) =>
      heard.push(`${command} ${subject}`),
    );
    stage.log.hasLease = false;
    expect(await other?.find([key])).toEqual([undefined]);
    other?.keep(nextKey(), stage.entryOf());
    stage.log.hasLease = true;
    expect((await other?.find([key]))?.[0]?.level).toBe("redis");
    // All that is heard of these stores is the one look-up with the lease.
    await expect.poll(() => heard.filter((each) => each.includes(stage.namespace)).length).toBeGreaterThan(0);
    expect(heard.filter((each) => each.includes(stage.namespace))).toEqual([`get ${key}`]);
    monitor.disconnect();
  });

  it("finds nothing of another epoch, not even under its keys", async () => {
    const { log } = stage;
    const oldKey = nextKey();
    await keep(oldKey);
    const before = log.epochName;
    await log.flush();
    try {
      const newKey = cacheKey({ namespace: stage.namespace, epoch: log.epochName, level: "E", parts: ["new"] });
      await keep(newKey);
      expect((await other?.find([oldKey, newKey]))?.map((each) => each?.level)).toEqual([undefined, "redis"]);
    } finally {
      log.epochName = before;
    }
  });

  it("writes values that say all of the entry", async () => {
    const key = nextKey();
    const entry = await keep(key, { tags: ["a", "b"], swr: 1, sie: 2, meta: { status: 200 } });
    const value = await one?.redis.getBuffer(key);
    expect(value && decodeEntry(key, value)).toEqual(entry);
  });
});
