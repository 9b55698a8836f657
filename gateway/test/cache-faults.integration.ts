// The response cache while something is wrong with Redis, the network, a clock or the process (design, 4.2). Two gateways read
// and change the same things all the time, a third one only reads; the last two reach Redis through a network that is bad.
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Worker } from "node:worker_threads";
import { openRedisGroup, type RedisGroup, type RedisNode } from "@tradegraph/devservices/redis-node";
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { appendInvalidation, appendWatermark, invalidationKeys } from "@tradegraph/kit/invalidation";
import { startTcpProxy, type TcpProxy } from "@tradegraph/testkit/tcp-proxy";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type CacheMember,
  type FaultStage,
  lookupMs,
  openFaultStage,
  patient,
  startTraffic,
  tagOf,
  untilServed,
} from "./cache-fault-stage.ts";

const server = await resolveRedisServer();
const things = Array.from({ length: 30 }, (_, index) => `t${index}`);
/** Of timers, milliseconds; what this process stood still besides is measured. */
const margin = 30;
const loopDelay = monitorEventLoopDelay({ resolution: 5 });
loopDelay.enable();

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let group: RedisGroup;
let redis: RedisNode;
let proxy: TcpProxy;
let stage: FaultStage;
let members: [CacheMember, CacheMember];
let near: CacheMember;
/** Behind the proxy. */
let far: CacheMember;
/** There too. It changes nothing: a change that cannot be told ends the lease of who made it. */
let quiet: CacheMember;

async function open(persistence: string[]) {
  group = await openRedisGroup("redis-faults", server?.binary ?? "");
  const memory = ["maxmemory 64mb", "maxmemory-policy volatile-lfu"];
  redis = await group.add({ name: "node", port: await group.port(), configuration: [...persistence, ...memory] });
  proxy = await startTcpProxy(redis);
}
const close = async () => {
  await proxy.close();
  await group.stop();
};
const uri = () => `redis://default:${group.password}@127.0.0.1:${redis.port}`;

async function openMembers(options: Partial<Parameters<FaultStage["add"]>[0]> = {}) {
  stage = openFaultStage();
  near = await stage.add({ url: uri(), ...options });
  far = await stage.add({ url: proxy.through(uri()), ...options });
  quiet = await stage.add({ url: proxy.through(uri()), ...options });
  members = [near, far];
}

/** Traffic before, during and after a fault. @returns waits for the cache during the fault, in order of length */
async function during(fault: () => Promise<unknown>, heal: () => unknown): Promise<number[]> {
  await untilServed([...members, quiet]);
  const traffic = startTraffic(members, things, [quiet]);
  await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(20);
  traffic.lookups.length = 0;
  loopDelay.reset();
  await fault();
  const lookups = traffic.lookups.slice().sort((a, b) => a - b);
  await heal();
  await untilServed([...members, quiet]);
  const before = traffic.outcomes.acknowledged;
  await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(before + 20);
  await traffic.stop();
  expect(stage.stale).toEqual([]);
  return lookups;
}

/** Nobody waits for the cache beyond the deadline. */
function expectShort(lookups: readonly number[]) {
  expect(lookups.length).toBeGreaterThan(50);
  expect(lookups.at(-1)).toBeLessThan(lookupMs + margin + (3 * loopDelay.max) / 1e6);
}

describe.skipIf(!server)("the response cache", () => {
  beforeAll(() => open(["appendonly no", 'save ""']));
  afterAll(close);
  beforeEach(() => openMembers());
  afterEach(async () => {
    proxy.set({});
    await proxy.accept();
    await stage.stop();
  });

  const network: [string, () => unknown, () => unknown][] = [
    ["Redis is slower than the deadline", () => proxy.set({ latency: 60 }), () => proxy.set({})],
    [
      "answers of Redis take longer than the lease",
      () => proxy.set({ latency: { toClient: 1_200 } }),
      () => proxy.set({}),
    ],
    ["the network is gone without a word", () => proxy.set({ blackHole: true }), () => proxy.set({})],
    ["only answers are lost", () => proxy.set({ blackHole: "toClient" }), () => proxy.set({})],
    ["the network stands still and goes on", () => proxy.set({ hold: true }), () => proxy.set({})],
    ["the network is narrow", () => proxy.set({ rate: 20_000 }), () => proxy.set({})],
    ["Redis takes no connections", () => proxy.refuse().then(proxy.reset), () => proxy.accept()],
  ];
  it.each(network)(
    "shows nothing old and lets nobody wait while %s",
    async (_, break_, heal) => {
      const lookups = await during(async () => {
        await break_();
        await sleep(2_500);
      }, heal);
      expectShort(lookups);
    },
    60_000,
  );

  it("shows nothing old while connections are reset again and again", async () => {
    const lookups = await during(
      async () => {
        for (let round = 0; round < 10; round += 1) {
          proxy.reset();
          await sleep(150);
        }
      },
      () => undefined,
    );
    expectShort(lookups);
  }, 60_000);

  it("shows nothing old when Redis is emptied under it, and begins anew", async () => {
    const epoch = near.log.epoch();
    await during(
      async () => {
        for (let round = 0; round < 3; round += 1) {
          await redis.client.flushall();
          await sleep(400);
        }
      },
      () => undefined,
    );
    expect(near.log.epoch()).not.toBe(epoch);
    expect(near.log.epoch()).toBe(far.log.epoch());
  }, 60_000);

  it("shows nothing old while Redis stands still for three seconds, and goes on with what it had", async () => {
    const epoch = near.log.epoch();
    const lookups = await during(async () => {
      redis.pause();
      await sleep(3_000);
    }, redis.resume);
    expectShort(lookups);
    expect(near.log.epoch()).toBe(epoch);
  }, 60_000);

  it("shows nothing old when Redis is killed and comes back empty", async () => {
    const epoch = near.log.epoch();
    const lookups = await during(async () => {
      await redis.kill();
      await sleep(1_500);
    }, redis.start);
    expectShort(lookups);
    expect(near.log.epoch()).not.toBe(epoch);
  }, 60_000);

  it("shows nothing when its process has stood still for five seconds, before it has heard what was changed", async () => {
    const key = stage.keyOf(near.log.epoch() ?? "", "thing");
    await untilServed([near], "thing");
    const kept = near.store.peek(key);
    expect(kept?.entry.bytes.toString()).toBe("0");
    // Somebody else changes it while this whole process, timers and sockets included, does nothing.
    const writer = new Worker(new URL("./invalidating-worker.ts", import.meta.url), {
      workerData: { url: uri(), namespace: stage.namespace, tags: [tagOf("thing")] },
    });
    await once(writer, "message");
    const told = new Int32Array(new SharedArrayBuffer(4));
    writer.postMessage(told);
    Atomics.wait(told, 0, 0, 4_000);
    const end = performance.now() + 5_000;
    while (performance.now() < end);
    expect(Atomics.load(told, 0)).toBe(1);
    // In the same turn of the event loop: nothing that came meanwhile has been read.
    expect([near.store.peek(key), near.log.position()]).toEqual([undefined, undefined]);
    await writer.terminate();
    await untilServed([near], "thing");
    expect(near.log.verdict([tagOf("thing")], kept?.entry.position ?? 0)).toBe("hard");
  }, 60_000);

  it.each([3_600_000, -3_600_000])(
    "is not led astray by a clock that jumps by %d ms",
    async (jump) => {
      let offset = 0;
      const clock = { wall: () => Date.now() + offset, monotonic: () => performance.now() };
      const jumping = await stage.add({ url: uri(), clock });
      members = [near, jumping] as [CacheMember, CacheMember];
      await during(
        () => {
          offset = jump;
          return sleep(1_000);
        },
        () => undefined,
      );
    },
    60_000,
  );

  it("shows nothing of a subgraph whose relay died between the write and the log for longer than a watermark counts", async () => {
    const watching = await stage.add({ url: uri(), watched: ["shop"] });
    const relay = setInterval(() => void appendWatermark(redis.client as never, stage.namespace, "shop", 0), 100);
    await untilServed([watching], "thing");
    // The database has it, the log has not, and nothing comes any more.
    clearInterval(relay);
    const diedAt = performance.now();
    stage.shop.set("thing", 7);
    await expect.poll(async () => (await watching.read("thing")).version, { interval: 10, timeout: 5_000 }).toBe(7);
    expect(performance.now() - diedAt).toBeLessThan(600 + 400);
    expect((await watching.read("thing")).from).toBe("shop");
    // Its successor tells it, and only then says that all is told.
    await appendInvalidation(redis.client as never, stage.namespace, { tags: [tagOf("thing")], events: ["e1"] });
    const next = setInterval(() => void appendWatermark(redis.client as never, stage.namespace, "shop", 0), 100);
    await untilServed([watching], "thing");
    clearInterval(next);
    expect((await watching.read("thing")).version).toBe(7);
  }, 60_000);
});

describe.skipIf(!server)("the response cache over a Redis that keeps its data", () => {
  beforeAll(() => open(["appendonly yes", "appendfsync always"]));
  afterAll(close);
  beforeEach(() => openMembers());
  afterEach(() => stage.stop());

  it("shows nothing old when Redis is killed and comes back with what it had", async () => {
    const epoch = near.log.epoch();
    await during(async () => {
      await redis.kill();
      await sleep(1_000);
    }, redis.start);
    expect(await redis.client.xlen(invalidationKeys.log(stage.namespace))).toBeGreaterThan(20);
    // Whether it lost the last second nobody can tell.
    expect(near.log.epoch()).not.toBe(epoch);
  }, 60_000);
});
