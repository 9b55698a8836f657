import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { type StartedRedisCluster, startRedisCluster } from "@tradegraph/devservices/start-redis-cluster";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFillLead } from "../src/cache/store/fill-lead.ts";
import { createLogger } from "@tradegraph/kit/logger";
import { storeStage, type StoreStage } from "./store-stage.ts";

const server = await resolveRedisServer();
const logger = createLogger({ service: "test", level: "silent" });
const patient = { timeout: 15_000, interval: 50 };

describe.skipIf(!server)("cache store over a Redis cluster", () => {
  let cluster: StartedRedisCluster;
  let stage: StoreStage;
  beforeAll(async () => {
    cluster = await startRedisCluster({ server: server ?? { binary: "" } });
    stage = storeStage(cluster.uri);
  }, 60_000);
  afterAll(async () => {
    await stage.stop();
    await cluster.stop();
  });

  it("spreads entries over all nodes, and finds them from any gateway", async () => {
    const [store, other] = [await stage.open(), await stage.open()];
    const keys = Array.from({ length: 60 }, (_, index) => stage.keyOf(`spread ${index}`));
    for (const [index, key] of keys.entries()) store.keep(key, stage.entryOf({ bytes: Buffer.from(String(index)) }));
    await expect.poll(() => store.figure("response_cache_redis_writes_total", 'outcome="stored"'), patient).toBe(60);
    for (const node of cluster.nodes) expect(await node.client.dbsize()).toBeGreaterThan(5);
    const found = await other.find(keys);
    expect(found.map((each) => each?.entry.bytes.toString())).toEqual(keys.map((_, index) => String(index)));
    expect(new Set(found.map((each) => each?.level))).toEqual(new Set(["redis"]));
  });

  it("lets one gateway lead whatever the node", async () => {
    const store = await stage.open();
    const lead = createFillLead({ redis: store.redis, logger, lookupMs: 2_000 });
    for (const key of ["a", "b", "c", "d", "e"].map((name) => stage.keyOf(name))) {
      expect([await lead.tryLead(key, 10_000), await lead.tryLead(key, 10_000)]).toEqual([true, false]);
    }
  });

  it("shows what the other nodes hold when one does not answer by the deadline", async () => {
    const [store, other] = [await stage.open(), await stage.open({ lookupMs: 400 })];
    const keys = Array.from({ length: 30 }, (_, index) => stage.keyOf(`partial ${index}`));
    for (const key of keys) store.keep(key, stage.entryOf());
    await expect.poll(() => store.figure("response_cache_redis_writes_total", 'outcome="stored"'), patient).toBe(30);
    const [first] = cluster.nodes;
    const owners = await Promise.all(keys.map((key) => cluster.ownerOf(key)));
    first?.pause();
    const start = performance.now();
    const found = await other.find(keys);
    const ms = performance.now() - start;
    first?.resume();
    expect(ms).toBeLessThan(1_200);
    expect(found.map(Boolean)).toEqual(owners.map((owner) => owner !== first));
    await expect.poll(async () => (await other.find(keys)).every(Boolean), patient).toBe(true);
  });
});
