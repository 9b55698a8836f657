// The same histories while gateways are replaced and their Redis is emptied, killed, or stands still: nobody is shown
// anything older than was acknowledged before he asked, nobody gets an error, and nobody waits for Redis.
import { randomBytes } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { openRedisGroup, type RedisGroup, type RedisNode } from "@tradegraph/devservices/redis-node";
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { staleReads } from "./cache-duties.ts";
import { arbitraryHistory, type Done, openHistories, stepIn } from "./cache-histories.ts";
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
  let fleet: CacheFleet;

  beforeAll(async () => {
    issuer = await startIssuer();
    shop = await startCacheShop();
    group = await openRedisGroup("redis-histories", server?.binary ?? "");
    redis = await group.add({ name: "node", port: await group.port(), configuration: ["appendonly no", 'save ""'] });
    const redisUri = `redis://default:${group.password}@127.0.0.1:${redis.port}`;
    const namespace = `faults-${randomBytes(4).toString("hex")}`;
    fleet = await startCacheFleet(shop, issuer, gatewayCount, { redisUri, namespace, wait: "strict" });
  });
  afterAll(async () => {
    await fleet.stop();
    await group.stop();
    await shop.stop();
    issuer.stop();
  });

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
      const history: Done[] = [];
      const perform = await openHistories(shop, issuer);
      shop.delays = () => [Math.random() * 5, Math.random() * 15];
      const list = randomBytes(4).toString("hex");
      const steps = fc
        .sample(arbitraryHistory(gatewayCount, [20, 50]), 150)
        .flat()
        .map((step) => stepIn(list, step));
      let isOver = false;
      const caller = async () => {
        for (let step = steps.pop(); step && !isOver; step = steps.pop()) {
          const done = await perform(fleet, step).catch(ifCutOff);
          if (done) history.push(done);
        }
      };
      const traffic = Promise.all(Array.from({ length: callers }, caller));
      const told = () => history.filter(({ step, isTold }) => step.kind === "write" && isTold).length;
      await vi.waitUntil(() => told() > 10, { timeout: 10_000 });
      await faults[fault]?.();
      const before = told();
      await vi.waitUntil(() => told() > before + 10, { timeout: 10_000 });
      isOver = true;
      await traffic;
      expect(staleReads(history)).toEqual([]);
      const waits = history.flatMap(({ step, begun, ended }) => (step.kind === "read" ? [ended - begun] : []));
      expect(Math.max(...waits)).toBeLessThan(longestReadMs + (5 * loopDelay.max) / 1e6);
    },
    30_000,
  );
});
