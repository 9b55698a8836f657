// What kit keeps in Redis, over a cluster of three nodes and behind Sentinels.
import { randomUUID } from "node:crypto";
import { type RedisNode } from "@tradegraph/devservices/redis-node";
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { type StartedRedisCluster, startRedisCluster } from "@tradegraph/devservices/start-redis-cluster";
import { startReplicatedRedis } from "@tradegraph/devservices/start-replicated-redis";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { within } from "@tradegraph/testkit/within";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { createEventReader, publishToStream } from "../src/event-stream.ts";
import { type FollowingEvent } from "../src/outbox-event.ts";
import { connectRedis, duplicateFor, type RedisClient, type RedisConnection, subscribe } from "../src/redis.ts";
import { slotOf } from "../src/redis-owner.ts";
import { watchServers } from "../src/redis-server-id.ts";
import { createReplayGuard } from "../src/replay-guard.ts";
import { isChanging, openSessionTags, sessionKeys } from "../src/session-tag.ts";

const server = await resolveRedisServer();
const redisUri = inject("redisUri");
const patient = { timeout: 30_000, interval: 20 };

async function connect(url: string): Promise<RedisClient> {
  const redis = connectRedis({ url, logger: silentLogger, name: "test" });
  onTestFinished(() => redis.disconnect());
  await expect.poll(() => redis.status, patient).toBe("ready");
  return redis;
}

/** Reads a stream as the invalidation log does, and notes what came. */
function follow(reader: RedisConnection, key: string) {
  const heard: string[] = [];
  const state = { last: "0", done: false };
  const loop = async () => {
    while (!state.done) {
      const answer = await reader.xread("BLOCK", 200, "STREAMS", key, state.last).catch(() => undefined);
      if (answer === undefined) await new Promise((resume) => setTimeout(resume, 20));
      for (const [id, fields] of answer?.[0]?.[1] ?? []) {
        state.last = id;
        heard.push(fields[1] ?? "");
      }
    }
  };
  void loop();
  onTestFinished(() => {
    state.done = true;
    reader.disconnect();
  });
  return heard;
}

/** Tries again until it is written. */
const write = async (redis: RedisClient, key: string, value: string) => {
  await expect.poll(() => redis.xadd(key, "*", "v", value).catch(() => undefined), patient).toBeTypeOf("string");
};

describe.skipIf(!server)("over a cluster", () => {
  let cluster: StartedRedisCluster;
  let namespace: string;
  beforeAll(async () => {
    cluster = await startRedisCluster({ server: server ?? { binary: "" }, replicas: 1 });
    namespace = `test-${randomUUID()}`;
  }, 60_000);
  afterAll(() => cluster.stop());

  it("reads keys of all slots side by side, and spreads them over all nodes", async () => {
    const redis = await connect(cluster.uri);
    const keys = Array.from({ length: 300 }, (_, index) => `${namespace}:spread:${index}`);
    await Promise.all(keys.map((key, index) => redis.set(key, String(index))));
    expect(await Promise.all(keys.map((key) => redis.get(key)))).toEqual(keys.map((_, index) => String(index)));
    const sizes = await Promise.all(cluster.nodes.slice(0, 3).map(({ client }) => client.dbsize()));
    expect(Math.min(...sizes)).toBeGreaterThan(50);
  });

  it("fails at once before it has found the cluster, instead of waiting for it", async () => {
    const redis = connectRedis({ url: cluster.uri, logger: silentLogger, name: "test" });
    onTestFinished(() => redis.disconnect());
    const failure = redis.get("a").then(
      () => "none",
      () => "failed",
    );
    expect(await within(100, failure)).toBe("failed");
  });

  it("claims each signature once", async () => {
    const redis = await connect(cluster.uri);
    const guards = [createReplayGuard({ redis, namespace }), createReplayGuard({ redis, namespace })];
    for (const signature of Array.from({ length: 20 }, () => randomUUID()))
      expect([await guards[0]?.claim(signature), await guards[1]?.claim(signature)]).toEqual([true, false]);
  });

  it("marks users whose sessions change", async () => {
    const redis = await connect(cluster.uri);
    const { sessionTags, workers } = openSessionTags({ redis, namespace, logger: silentLogger, intervalMs: 20 });
    onTestFinished(async () => void (await Promise.all(workers.map((worker) => worker.stop()))));
    await expect.poll(() => redis.get(sessionKeys.epoch(namespace))).toBeTypeOf("string");
    const mark = async () => isChanging((await redis.get(sessionKeys.tag(namespace, "acme", "u1"))) ?? "");
    expect(await sessionTags.whileChanging("acme", "u1", mark)).toBe(true);
    expect(await mark()).toBe(false);
  });

  it("carries events, and clears a stream of another log", async () => {
    const redis = await connect(cluster.uri);
    const reader = createEventReader({ redis, namespace, publisher: "shop", logger: silentLogger });
    onTestFinished(() => reader.close());
    const event = { sequence: 1, eventId: "a", previous: "", type: "T.CREATED" } as unknown as FollowingEvent;
    for (const log of ["one", "two", "three"]) {
      await publishToStream({ redis, namespace, publisher: "shop", log }, [event]);
      expect(await redis.xlen(`{${namespace}:events:shop}:${log}`)).toBe(1);
      // It is no event, so the reader throws it away.
      expect(await reader.read(log, 0, 10_000)).toEqual([]);
      expect(await redis.xlen(`{${namespace}:events:shop}:${log}`)).toBe(0);
    }
  });

  it("hears on any node what is published to any other, and says when it may have missed something", async () => {
    const redis = await connect(cluster.uri);
    const heard: string[] = [];
    let ready = 0;
    const on = { ready: () => void (ready += 1), message: (text: string) => void heard.push(text) };
    const subscription = subscribe(redis, `${namespace}:channel`, on);
    onTestFinished(subscription.close);
    await expect.poll(() => ready, patient).toBe(1);
    for (const { client } of cluster.nodes) await client.publish(`${namespace}:channel`, "news");
    await expect.poll(() => heard.length, patient).toBe(cluster.nodes.length);
    for (const { client } of cluster.nodes) await client.call("CLIENT", "KILL", "TYPE", "pubsub");
    await expect.poll(() => ready, patient).toBe(2);
  });

  it("follows a stream that moves to a node beside its owner, which lives on", async () => {
    const redis = await connect(cluster.uri);
    const key = `{${namespace}:moving}:stream`;
    const heard = follow(duplicateFor(redis, key, { commandTimeout: 2_000 }), key);
    await write(redis, key, "before");
    await expect.poll(() => heard, patient).toEqual(["before"]);
    const from = await cluster.ownerOf(key);
    const to = cluster.nodes.slice(0, 3).find((node) => node !== from);
    if (!from || !to) throw new Error("The cluster has too few nodes.");
    const [fromId, toId] = await Promise.all([from, to].map(({ client }) => client.call("CLUSTER", "MYID")));
    const slot = slotOf(key);
    const set = ({ client }: RedisNode, ...what: unknown[]) =>
      client.call("CLUSTER", "SETSLOT", slot, ...what.map(String));
    await set(to, "IMPORTING", fromId);
    await set(from, "MIGRATING", toId);
    const password = /:([^:@]+)@/.exec(cluster.uri)?.[1] ?? "";
    await from.client.call("MIGRATE", "127.0.0.1", to.port, "", 0, 5_000, "AUTH2", "default", password, "KEYS", key);
    for (const node of [to, from]) await set(node, "NODE", toId);
    await write(redis, key, "moved");
    await expect.poll(() => heard, patient).toEqual(["before", "moved"]);
  });

  it("follows a stream when its owner hands over, and when it dies", async () => {
    const redis = await connect(cluster.uri);
    const key = `{${namespace}}:stream`;
    const serverIdOf = watchServers(redis);
    await expect.poll(() => serverIdOf(key), patient).toBeTypeOf("string");
    const firstId = serverIdOf(key);
    const heard = follow(duplicateFor(redis, key, { commandTimeout: 2_000 }), key);
    await write(redis, key, "before");
    await expect.poll(() => heard, patient).toEqual(["before"]);

    const owner = await cluster.ownerOf(key);
    const place = cluster.nodes.findIndex((node) => node === owner);
    const heir = cluster.nodes[(place + 3) % 6];
    await heir?.client.call("CLUSTER", "FAILOVER");
    await expect.poll(() => cluster.ownerOf(key), patient).toBe(heir);
    await write(redis, key, "handed over");
    await expect.poll(() => heard, patient).toEqual(["before", "handed over"]);
    await expect.poll(() => serverIdOf(key) !== undefined && serverIdOf(key) !== firstId, patient).toBe(true);

    await expect.poll(() => owner?.client.info("replication"), patient).toContain("master_link_status:up");
    await heir?.kill();
    await write(redis, key, "after the death");
    await expect.poll(() => heard, patient).toEqual(["before", "handed over", "after the death"]);
    await heir?.start();
    await cluster.untilWhole();
  }, 120_000);
});

describe.skipIf(redisUri === undefined)("one server", () => {
  it("fails what was under way when a connection is lost, also where nothing limits the time", async () => {
    const redis = await connect(redisUri ?? "");
    const options = { connectionName: `reader-${randomUUID()}`, commandTimeout: undefined, socketTimeout: undefined };
    const reader = duplicateFor(redis, "any", options);
    onTestFinished(() => reader.disconnect());
    await expect.poll(() => reader.status, patient).toBe("ready");
    const id = await reader.client("ID");
    const reading = reader.xread("BLOCK", 0, "STREAMS", `nothing-${randomUUID()}`, "$").catch(String);
    await expect.poll(async () => String(await redis.client("LIST", "ID", id)), patient).toContain("cmd=xread");
    await redis.client("KILL", "ID", id);
    expect(await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 5_000, "forgotten"))])).toContain(
      "Error",
    );
    await expect.poll(() => reader.status, patient).toBe("ready");
  });
});

describe.skipIf(!server)("behind Sentinels", () => {
  it("goes on with the replica when the master dies, over all connections", async () => {
    const replicated = await startReplicatedRedis({ server: server ?? { binary: "" }, sentinels: 3 });
    onTestFinished(() => replicated.stop());
    const redis = await connect(replicated.uri);
    const serverIdOf = watchServers(redis);
    await expect.poll(() => serverIdOf("any"), patient).toBeTypeOf("string");
    const firstId = serverIdOf("any");
    const heard = follow(duplicateFor(redis, "stream", { commandTimeout: 2_000 }), "stream");
    await write(redis, "stream", "before");
    await expect.poll(() => heard, patient).toEqual(["before"]);
    await redis.wait(1, 1_000);
    await replicated.nodes[0].kill();
    await write(redis, "stream", "after");
    await expect.poll(() => heard, patient).toEqual(["before", "after"]);
    await expect.poll(() => serverIdOf("any") !== undefined && serverIdOf("any") !== firstId, patient).toBe(true);
  }, 120_000);
});
