// The same histories while gateways are replaced, their Redis is emptied, killed, or stands still, and the network to it is
// bad: nobody is shown anything older than was acknowledged before he asked, or what was asked for somebody else, nobody gets
// an error, and nobody waits for Redis.
import { randomBytes } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { openRedisGroup, type RedisGroup, type RedisNode } from "@tradegraph/devservices/redis-node";
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { startTcpProxy, type TcpProxy } from "@tradegraph/testkit/tcp-proxy";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { staleReads } from "./cache-duties.ts";
import { arbitraryHistory, arbitraryPersonalRead, type Done, openHistories, stepIn } from "./cache-histories.ts";
import { type HadNoLease, watchLeases } from "./cache-lapses.ts";
import { type CacheShop, startCacheShop } from "./cache-shop.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";
import { type CacheFleet, startCacheFleet } from "./start-cache-fleet.ts";

const server = await resolveRedisServer();
const gatewayCount = 3;
const callers = 12;
/** Three questions to subgraphs in turn, and a look into Redis before each. */
const longestReadMs = 500;
const loopDelay = monitorEventLoopDelay({ resolution: 5 });
loopDelay.enable();

/** A connection that a gateway which goes has closed just then; browsers ask again. */
const ifCutOff = (error: unknown) => {
  if (error instanceof TypeError && error.message === "fetch failed") return undefined;
  throw error;
};

describe.skipIf(!server)("the response cache of three gateways in trouble", () => {
  let issuer: TestIssuer;
  let shop: CacheShop;
  let group: RedisGroup;
  let redis: RedisNode;
  let proxy: TcpProxy;
  let fleet: CacheFleet;
  /** Its second and third gateway reach Redis through the proxy. */
  let farFleet: CacheFleet;
  let farLapses: HadNoLease;

  beforeAll(async () => {
    issuer = await startIssuer();
    shop = await startCacheShop();
    group = await openRedisGroup("redis-histories", server?.binary ?? "");
    redis = await group.add({ name: "node", port: await group.port(), configuration: ["appendonly no", 'save ""'] });
    proxy = await startTcpProxy(redis);
    const redisUri = `redis://default:${group.password}@127.0.0.1:${redis.port}`;
    const open = (more: { redisUriOf?: (index: number) => string | undefined } = {}) => {
      const namespace = `faults-${randomBytes(4).toString("hex")}`;
      return startCacheFleet(shop, issuer, gatewayCount, { redisUri, namespace, wait: "strict", ...more });
    };
    fleet = await open();
    farFleet = await open({ redisUriOf: (index) => (index === 0 ? undefined : proxy.through(redisUri)) });
    farLapses = watchLeases(farFleet);
  });
  afterAll(async () => {
    await fleet.stop();
    await farFleet.stop();
    await proxy.close();
    await group.stop();
    await shop.stop();
    issuer.stop();
  });

  /** Random steps of many callers before, during and after a fault. @returns what they saw */
  const livesThrough = async (over: CacheFleet, hadNoLease: HadNoLease | undefined, fault: () => Promise<unknown>) => {
    const history: Done[] = [];
    const perform = await openHistories(shop, issuer, hadNoLease);
    shop.delays = () => [Math.random() * 5, Math.random() * 15];
    const list = randomBytes(4).toString("hex");
    const drawn = fc.sample(arbitraryHistory(gatewayCount, [20, 50]), 150).flat();
    const personal = fc.sample(arbitraryPersonalRead(gatewayCount), drawn.length);
    const steps = drawn
      .flatMap((step, index) => [step, ...personal.slice(index, index + 1)])
      .map((step) => stepIn(list, step));
    let isOver = false;
    const caller = async () => {
      for (let step = steps.pop(); step && !isOver; step = steps.pop()) {
        const done = await perform(over, step).catch(ifCutOff);
        if (done) history.push(done);
      }
    };
    const traffic = Promise.all(Array.from({ length: callers }, caller));
    const told = () => history.filter(({ step, isTold }) => step.kind === "write" && isTold).length;
    await vi.waitUntil(() => told() > 10, { timeout: 30_000 });
    await fault();
    const before = told();
    await vi.waitUntil(() => told() > before + 10, { timeout: 30_000 });
    isOver = true;
    await traffic;
    expect(staleReads(history)).toEqual([]);
    const waits = history.flatMap(({ step, begun, ended }) => (step.kind === "read" ? [ended - begun] : []));
    expect(Math.max(...waits)).toBeLessThan(longestReadMs + (5 * loopDelay.max) / 1e6);
    return history;
  };

  const faults: Record<string, () => Promise<unknown>> = {
    "Redis is emptied": () => redis.client.flushall(),
    "a gateway is replaced": () => fleet.restart(1),
    "Redis is killed, and comes back empty": () =>
      redis
        .kill()
        .then(() => sleep(600))
        .then(redis.start),
    "Redis stands still": async () => {
      redis.pause();
      await sleep(1_300);
      redis.resume();
    },
  };
  it.each(Object.keys(faults))(
    "shows nothing old, no errors, and lets nobody wait for Redis: %s",
    async (fault) => {
      await livesThrough(fleet, undefined, async () => faults[fault]?.());
    },
    60_000,
  );

  const network: [fault: string, break_: () => unknown, endsLeases?: boolean][] = [
    ["is slower than the deadline", () => proxy.set({ latency: 60 })],
    ["takes longer than the lease", () => proxy.set({ latency: { toClient: 1_200 } }), true],
    ["is gone without a word", () => proxy.set({ blackHole: true }), true],
    ["loses answers", () => proxy.set({ blackHole: "toClient" }), true],
    ["stands still and goes on", () => proxy.set({ hold: true }), true],
    ["is narrow", () => proxy.set({ rate: 20_000 })],
    ["is cut, and takes no connections", () => proxy.refuse().then(proxy.reset), true],
    [
      "is cut again and again",
      async () => {
        for (let round = 0; round < 10; round += 1) {
          proxy.reset();
          await sleep(150);
        }
      },
    ],
  ];
  it.each(network)(
    "shows each caller his own, nothing old, no errors, and lets nobody wait: the network to Redis %s",
    async (_, break_, endsLeases = false) => {
      const begun = performance.now();
      const history = await livesThrough(farFleet, farLapses, async () => {
        await break_();
        await sleep(1_500);
        proxy.set({});
        await proxy.accept();
      });
      const own = new Set(
        history.flatMap(({ step }) => (step.kind === "read" && step.form === "mine" ? step.caller : [])),
      );
      expect(own.size).toBe(5);
      if (endsLeases) expect([1, 2].some((index) => farLapses(index, begun, performance.now()))).toBe(true);
    },
    90_000,
  );
});
