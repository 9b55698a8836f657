import { randomBytes, randomUUID } from "node:crypto";
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { startRedisCluster } from "@tradegraph/devservices/start-redis-cluster";
import fc from "fast-check";
import { within } from "@tradegraph/testkit/within";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { type Bucket, createBucketTable } from "../src/rate-limit/bucket.ts";
import { type Rate } from "../src/rate-limit/bucket-level.ts";
import { leaseCall, leaseOf } from "../src/rate-limit/lease-script.ts";
import { type Leases } from "../src/rate-limit/leases.ts";
import { startOwnCacheRedis } from "./own-cache-redis.ts";
import { openLeases, openRedis } from "./rate-limit-stage.ts";

const redisUri = inject("redisUri");
const server = await resolveRedisServer();
/** Nothing comes back while a test runs. */
const still = (capacity: number): Rate => ({ capacity, perSecond: 1e-6 });

function bucketsOf(rate: Rate, count = 2): Bucket[] {
  const namespace = `leases-${randomUUID()}`;
  const tableOptions = { namespace, name: "test", rate, max: 10, isPersonal: false };
  return Array.from({ length: count }, () => createBucketTable(tableOptions).of("somebody"));
}

const takeMany = async (leases: Leases, bucket: Bucket, times: number, cost = 1) => {
  const takings = await Promise.all(Array.from({ length: times }, () => leases.take(bucket, cost)));
  return takings.filter((taking) => taking !== "refused").length;
};

describe.skipIf(!redisUri)("leases over Redis", () => {
  const open = async (count = 2, options = {}) => {
    const connections = await Promise.all(Array.from({ length: count }, () => openRedis(redisUri ?? "")));
    return connections.map((redis) => openLeases(redis, { waitMs: 5_000, ...options }));
  };

  it("let exactly as many pass as the limit says, from two gateways at once", async () => {
    const [one, other] = (await open()) as [Leases, Leases];
    const [here, there] = bucketsOf(still(100)) as [Bucket, Bucket];
    const passed = await Promise.all([takeMany(one, here, 150), takeMany(other, there, 150)]);
    expect(passed[0] + passed[1]).toBe(100);
  });

  it("let what one holds too much pass at the other once it has been brought back", async () => {
    const [one, other] = (await open()) as [Leases, Leases];
    const [here, there] = bucketsOf(still(100)) as [Bucket, Bucket];
    expect(await one.take(here, 1)).toBe("granted");
    expect(here.tokens).toBeGreaterThan(0);
    const before = await takeMany(other, there, 99);
    expect(before).toBe(100 - 1 - here.tokens);
    await one.sweep();
    await one.sweep();
    expect(here.tokens).toBe(0);
    // The other one remembers its refusal for a second.
    let passed = before + 1;
    await expect.poll(async () => (passed += await takeMany(other, there, 10)), { timeout: 5_000 }).toBe(100);
  });

  it("cost no question while points are at hand", async () => {
    const [leases] = (await open(1)) as [Leases];
    const [bucket] = bucketsOf(still(1_000), 1) as [Bucket];
    await leases.take(bucket, 1);
    expect(leases.take(bucket, 1)).toBe("granted");
  });

  it("ask once for all who wait", async () => {
    let calls = 0;
    const [leases] = (await open(1, { onCall: () => (calls += 1) })) as [Leases];
    const [bucket] = bucketsOf(still(1_000), 1) as [Bucket];
    expect(await takeMany(leases, bucket, 300)).toBe(300);
    expect(calls).toBeLessThan(4);
  });

  it("take part of a large amount and never more than there is", async () => {
    const [one, other] = (await open()) as [Leases, Leases];
    const [here, there] = bucketsOf(still(1_000)) as [Bucket, Bucket];
    const passed = await Promise.all([takeMany(one, here, 40, 30), takeMany(other, there, 40, 30)]);
    const left = here.tokens + there.tokens;
    expect((passed[0] + passed[1]) * 30).toBeLessThanOrEqual(1_000);
    expect((passed[0] + passed[1]) * 30 + left).toBeGreaterThan(1_000 - 30);
  });

  it("give refunded points out again", async () => {
    const [leases] = (await open(1)) as [Leases];
    const [bucket] = bucketsOf(still(10), 1) as [Bucket];
    expect(await takeMany(leases, bucket, 1, 10)).toBe(1);
    expect(await leases.take(bucket, 1)).toBe("refused");
    leases.refund(bucket, 9, "granted");
    expect(leases.remaining(bucket)).toBe(9);
    expect(await takeMany(leases, bucket, 12)).toBe(9);
  });

  it("refuse at once what was just refused, and say when it may be granted", async () => {
    const [leases] = (await open(1)) as [Leases];
    const [bucket] = bucketsOf({ capacity: 2, perSecond: 0.01 }, 1) as [Bucket];
    expect(await takeMany(leases, bucket, 3)).toBe(2);
    expect(leases.take(bucket, 1)).toBe("refused");
    expect(leases.retryMs(bucket)).toBeGreaterThan(90_000);
    expect(leases.retryMs(bucket)).toBeLessThanOrEqual(100_000);
  });

  it("do not care what time the gateways believe it is", async () => {
    const [bucketA, bucketB] = bucketsOf(still(20)) as [Bucket, Bucket];
    const [one] = (await open(1, { now: () => performance.now() + 9e9 })) as [Leases];
    const [other] = (await open(1, { now: () => performance.now() - 9e9 })) as [Leases];
    const passed = await Promise.all([takeMany(one, bucketA, 30), takeMany(other, bucketB, 30)]);
    expect(passed[0] + passed[1]).toBe(20);
  });

  it("keep nothing in Redis that has a time to live, and sweep out what is whole again", async () => {
    const redis = await openRedis(redisUri ?? "");
    const place = { key: `leases-${randomUUID()}:{x}`, rate: { capacity: 10, perSecond: 1_000 } };
    const rest = { need: 1, sure: 1, ask: 1, share: 0.25, back: 0, floor: 0, extra: 0 };
    const take = async (member: string, rate = place.rate) =>
      leaseOf(await redis.eval(...leaseCall({ ...place, ...rest, member, rate })));
    for (let n = 0; n < 5; n += 1) await take(`gone-${n}`);
    await take("long", { capacity: 10, perSecond: 1e-6 });
    // Each call takes a few away, and a millisecond later all five are whole.
    await expect
      .poll(async () => {
        await take("new");
        return (await redis.zrange(place.key, "0", "-1")).filter((member) => member !== "new");
      })
      .toEqual(["long"]);
    expect(await redis.pttl(place.key)).toBe(-1);
  });

  it("forget callers of whom least is taken when there are too many", async () => {
    const redis = await openRedis(redisUri ?? "");
    const rest = { sure: 1, ask: 1, share: 0.25, back: 0, floor: 0, extra: 0 };
    const place = { key: `leases-${randomUUID()}:{x}`, rate: still(100) };
    for (const [member, need] of Object.entries({ most: 90, least: 2, some: 30, more: 40 }))
      await redis.eval(...leaseCall({ ...place, ...rest, member, need }, 3));
    expect(await redis.zrange(place.key, "0", "-1")).toEqual(["some", "more", "most"]);
  });

  it("count like a plain sum, whatever is taken, brought back and told", async () => {
    const redis = await openRedis(redisUri ?? "");
    const step = fc.record({
      need: fc.nat(30),
      sure: fc.nat(60),
      ask: fc.nat(60),
      back: fc.nat(20),
      floor: fc.nat(50),
      extra: fc.nat(10),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100 }), fc.array(step, { maxLength: 12 }), async (capacity, steps) => {
        const key = `leases-${randomUUID()}:{x}`;
        let used = 0;
        for (const { need, sure, ask, back, floor, extra } of steps) {
          const rate = { capacity, perSecond: 1e-9 };
          const call = leaseCall({ key, member: "x", rate, need, sure, ask, share: 0.25, back, floor, extra });
          const lease = leaseOf(await redis.eval(...call));
          const before = Math.min(capacity, Math.max(0, Math.max(used, floor) + extra - back));
          const free = capacity - before;
          const granted =
            need === 0 || need > free ? 0 : Math.max(need, Math.min(sure, free), Math.min(ask, Math.floor(free / 4)));
          used = before + granted;
          expect(lease.granted).toBe(granted);
          expect(lease.used).toBeCloseTo(used, 5);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe.skipIf(!server)("leases in a Redis that is full", () => {
  it("are never driven out by what may go, however seldom their callers come", { timeout: 60_000 }, async () => {
    const small = await startOwnCacheRedis({ maxMemory: "8mb", maxMemoryPolicy: "volatile-lfu" });
    if (!small) throw new Error("There is no Redis.");
    onTestFinished(small.stop);
    const redis = await openRedis(small.uri);
    const [one, other] = [
      openLeases(redis, { waitMs: 5_000 }),
      openLeases(await openRedis(small.uri), { waitMs: 5_000 }),
    ];
    const callers = Array.from({ length: 50 }, () => bucketsOf(still(100)) as [Bucket, Bucket]);
    for (const [here] of callers) expect(await takeMany(one, here, 150)).toBe(100);
    // Answers that are kept, many more than there is room for, and asked for all the time.
    const bytes = randomBytes(8_000);
    for (let n = 0; n < 3_000; n += 1) {
      await redis.set(`answer-${n}`, bytes, "EX", 60);
      await redis.get(`answer-${n}`);
    }
    expect(Number(/evicted_keys:(\d+)/.exec(await redis.info("stats"))?.[1])).toBeGreaterThan(500);
    // Another gateway, which never heard of them.
    for (const [, there] of callers) expect(await other.take(there, 1)).toBe("refused");
  });
});

describe.skipIf(!server)("leases without Redis", () => {
  const patient = { timeout: 15_000, interval: 50 };

  it("go on with a share of what was left when Redis is killed, and count it when Redis is back empty", async () => {
    // A password that the next server has too.
    const configuration = ["user gateway on >the-same-again ~* &* +@all"];
    const redis = await startOwnCacheRedis({ configuration });
    if (!redis) throw new Error("There is no Redis.");
    const url = `redis://gateway:the-same-again@127.0.0.1:${redis.port}`;
    const leases = [openLeases(await openRedis(url)), openLeases(await openRedis(url))] as const;
    const [here, there] = bucketsOf(still(100)) as [Bucket, Bucket];
    for (let n = 0; n < 20; n += 1) {
      expect(await leases[0].take(here, 1)).not.toBe("refused");
      expect(await leases[1].take(there, 1)).not.toBe("refused");
    }
    process.kill(redis.process.pid, "SIGKILL");
    const passed = await Promise.all([takeMany(leases[0], here, 100), takeMany(leases[1], there, 100)]);
    expect(leases[0].isAlone()).toBe(true);
    const whileAway = passed[0] + passed[1];
    expect(whileAway).toBeGreaterThan(30);
    // Neither knew what the other had taken since it asked last, and each presumed a lease.
    expect(40 + whileAway).toBeLessThanOrEqual(100);

    const reborn = await startOwnCacheRedis({ port: redis.port, configuration });
    onTestFinished(async () => {
      await reborn?.stop();
      await redis.stop().catch(() => undefined);
    });
    await expect.poll(() => leases.some((one) => one.isAlone()), patient).toBe(false);
    const afterwards = (await takeMany(leases[0], here, 100)) + (await takeMany(leases[1], there, 100));
    // Each tells what it knew and what it gave out. With a new bucket it would be 200.
    expect(40 + whileAway + afterwards).toBeLessThanOrEqual(100 + 25);
  });

  it("wait shortly for a Redis that does not answer, and then not at all", async () => {
    const redis = await startOwnCacheRedis();
    if (!redis) throw new Error("There is no Redis.");
    onTestFinished(redis.stop);
    const leases = openLeases(await openRedis(redis.uri));
    const [bucket] = bucketsOf(still(100), 1) as [Bucket];
    redis.freeze();
    expect(await within(500, leases.take(bucket, 1))).toBe("local");
    expect(leases.take(bucket, 1)).toBe("local");
    expect(await takeMany(leases, bucket, 100)).toBe(48);
    redis.thaw();
    await expect.poll(() => leases.isAlone(), patient).toBe(false);
    await leases.sweep();
    await leases.sweep();
    expect(50 + (await takeMany(leases, bucket, 100))).toBeLessThanOrEqual(100);
  });

  it("are not given out a second time when Redis grants them late", async () => {
    const redis = await startOwnCacheRedis();
    if (!redis) throw new Error("There is no Redis.");
    onTestFinished(redis.stop);
    const leases = openLeases(await openRedis(redis.uri), { instances: 1 });
    const [bucket] = bucketsOf(still(100), 1) as [Bucket];
    redis.freeze();
    expect(await leases.take(bucket, 1)).toBe("local");
    expect(await takeMany(leases, bucket, 150)).toBe(99);
    redis.thaw();
    await expect.poll(() => bucket.known, patient).toBeDefined();
    expect(await takeMany(leases, bucket, 50)).toBe(0);
    // Nor are they lost: what came late was brought back, and what was given out is told.
    await leases.sweep();
    await expect.poll(() => bucket.known?.used, patient).toBeCloseTo(100);
    expect(bucket.tokens).toBe(0);
  });

  it("let something pass that is larger than a share, once the share is full again", async () => {
    const leases = openLeases(undefined);
    const [bucket] = bucketsOf(still(100), 1) as [Bucket];
    expect(leases.take(bucket, 80)).toBe("local");
    expect(leases.take(bucket, 1)).toBe("refused");
  });

  it("count each bucket on the node of a cluster that owns it", async () => {
    const cluster = await startRedisCluster({ server: { binary: server?.binary ?? "" } });
    onTestFinished(cluster.stop);
    const [one, other] = [await openRedis(cluster.uri), await openRedis(cluster.uri)].map((redis) =>
      openLeases(redis, { waitMs: 5_000 }),
    ) as [Leases, Leases];
    for (const [here, there] of Array.from({ length: 6 }, () => bucketsOf(still(30)) as [Bucket, Bucket])) {
      const passed = await Promise.all([takeMany(one, here, 40), takeMany(other, there, 40)]);
      expect(passed[0] + passed[1]).toBe(30);
    }
  }, 60_000);
});
