// The response cache over a Redis Cluster and behind Sentinels, whose servers die.
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { type RedisNode } from "@tradegraph/devservices/redis-node";
import { type StartedRedisCluster, startRedisCluster } from "@tradegraph/devservices/start-redis-cluster";
import { startReplicatedRedis } from "@tradegraph/devservices/start-replicated-redis";
import { invalidationKeys } from "@tradegraph/kit/invalidation";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type MemberOptions, openFaultStage, patient, startTraffic, untilServed } from "./cache-fault-stage.ts";

const server = await resolveRedisServer();
const binary = server?.binary ?? "";
const things = Array.from({ length: 30 }, (_, index) => `t${index}`);

async function twoMembers(url: string, more: Partial<MemberOptions> = {}) {
  const stage = openFaultStage();
  onTestFinished(stage.stop);
  const members = [await stage.add({ url, ...more }), await stage.add({ url, ...more })] as const;
  await untilServed(members);
  return { stage, members };
}

describe.skipIf(!server)("over a cluster", () => {
  let cluster: StartedRedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster({ server: { binary }, replicas: 1 });
  }, 60_000);
  afterAll(() => cluster.stop());
  /** As a power cut would; the node comes back after the test. */
  const kill = async (node: RedisNode | undefined) => {
    onTestFinished(async () => {
      await node?.start();
      await cluster.untilWhole(30_000);
    }, 60_000);
    await node?.kill();
  };
  const logOwner = (namespace: string) => cluster.ownerOf(invalidationKeys.log(namespace));

  it("spreads what is kept over all nodes, and finds it from another gateway", async () => {
    // A lookup that comes late would make the store leave Redis alone, and this is not about that.
    const options = { url: cluster.uri, lookupMs: 10_000 };
    const stage = openFaultStage();
    onTestFinished(stage.stop);
    const first = await stage.add(options);
    const many: string[] = [];
    const keys = async ({ client }: RedisNode) => client.keys(`${stage.namespace}:c1:*`);
    const stored = () => Promise.all(cluster.nodes.slice(0, 3).map(keys));
    const readMore = async () => {
      const next = Array.from({ length: 20 }, (_, index) => `many${many.length + index}`);
      many.push(...next);
      await Promise.all(next.map((thing) => first.read(thing)));
      return (await stored()).flat().length;
    };
    await expect.poll(readMore, patient).toBeGreaterThanOrEqual(200);
    const places = await stored();
    for (const place of places) expect(place.length).toBeGreaterThan(30);
    const kept = new Set(places.flat());
    await expect.poll(first.log.epoch, patient).toBeDefined();
    const epoch = first.log.epoch() ?? "";
    const found = many.filter((thing) => kept.has(stage.keyOf(epoch, thing)));
    expect(found.length).toBeGreaterThan(150);
    // Each time by a gateway with an empty memory: one that is stopped for a while rests, and has the next from the shop.
    const foundElsewhere = async () => {
      const other = await stage.add(options);
      await untilServed([other]);
      let fromRedis = 0;
      for (const thing of found) if ((await other.read(thing)).from === "redis") fromRedis += 1;
      return fromRedis;
    };
    await expect.poll(foundElsewhere, patient).toBe(found.length);
  });

  it("shows nothing old at any gateway after a change was acknowledged at another", async () => {
    const { stage, members } = await twoMembers(cluster.uri);
    const traffic = startTraffic(members, things);
    await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(200);
    await traffic.stop();
    expect(stage.stale).toEqual([]);
    expect(traffic.outcomes.deferred).toBe(0);
    expect(traffic.outcomes.hits).toBeGreaterThan(100);
  });

  it("begins anew when the node with the log dies, shows nothing old and goes on", async () => {
    const { stage, members } = await twoMembers(cluster.uri);
    const epoch = members[0].log.epoch();
    const traffic = startTraffic(members, things);
    await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(30);
    const owner = await logOwner(stage.namespace);
    await kill(owner);
    await expect.poll(() => members.map(({ log }) => log.epoch()), patient).not.toContain(epoch);
    await expect.poll(() => members.map(({ log }) => log.position()), patient).not.toContain(undefined);
    const before = traffic.outcomes.acknowledged;
    await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(before + 30);
    await untilServed(members);
    await traffic.stop();
    expect(members[0].log.epoch()).toBe(members[1].log.epoch());
    expect(stage.stale).toEqual([]);
  }, 120_000);

  it("shows nothing old when the end of the log was lost with its node", async () => {
    const { stage, members } = await twoMembers(cluster.uri);
    const [first, second] = members;
    const log = invalidationKeys.log(stage.namespace);
    await first.read("thing");
    const epoch = first.log.epoch();
    const owner = await logOwner(stage.namespace);
    const place = cluster.nodes.findIndex((node) => node === owner);
    const replica = cluster.nodes[(place + 3) % 6];
    // The replica stands still, so that what is acknowledged now is on one server only.
    replica?.pause();
    expect(await first.change("thing")).toBe(true);
    await kill(owner);
    replica?.resume();
    await expect.poll(() => cluster.ownerOf(log), patient).toBe(replica);
    // One that has not seen the lost entry: it began after it.
    const third = await stage.add({ url: cluster.uri });
    expect(third.log.epoch()).not.toBe(epoch);
    for (const member of [first, second, third]) {
      await expect.poll(member.log.epoch, patient).toBe(third.log.epoch());
      expect((await member.read("thing")).version).toBe(1);
    }
    expect(stage.stale).toEqual([]);
  }, 120_000);

  it("goes on with the same epoch when another node dies", async () => {
    const { stage, members } = await twoMembers(cluster.uri);
    const epoch = members[0].log.epoch();
    const owner = await logOwner(stage.namespace);
    const masters: RedisNode[] = [];
    for (const node of cluster.nodes)
      if ((await node.client.info("replication")).includes("role:master")) masters.push(node);
    const other = masters.find((node) => node !== owner);
    const traffic = startTraffic(members, things);
    await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(30);
    await kill(other);
    await expect
      .poll(
        () =>
          cluster.untilWhole(10).then(
            () => true,
            () => false,
          ),
        patient,
      )
      .toBe(true);
    await untilServed(members);
    await traffic.stop();
    expect(members.map(({ log }) => log.epoch())).toEqual([epoch, epoch]);
    expect(stage.stale).toEqual([]);
  }, 120_000);
});

describe.skipIf(!server)("behind Sentinels", () => {
  it("begins anew when the master dies, shows nothing old and goes on", async () => {
    const replicated = await startReplicatedRedis({ server: { binary }, sentinels: 3 });
    onTestFinished(() => replicated.stop());
    const { stage, members } = await twoMembers(replicated.uri);
    const epoch = members[0].log.epoch();
    const traffic = startTraffic(members, things);
    await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(30);
    await replicated.nodes[0].kill();
    await expect.poll(() => members.map(({ log }) => log.position()), patient).toContain(undefined);
    await expect.poll(() => members.map(({ log }) => log.position()), patient).not.toContain(undefined);
    const before = traffic.outcomes.acknowledged;
    await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(before + 30);
    await untilServed(members);
    await traffic.stop();
    expect(members[0].log.epoch()).not.toBe(epoch);
    expect(members[0].log.epoch()).toBe(members[1].log.epoch());
    expect(stage.stale).toEqual([]);
  }, 120_000);

  it("believes no master that only stood still and wakes up after another was chosen", async () => {
    const replicated = await startReplicatedRedis({ server: { binary }, sentinels: 3 });
    onTestFinished(() => replicated.stop());
    const [former, next] = replicated.nodes;
    const { stage, members } = await twoMembers(replicated.uri);
    const epoch = members[0].log.epoch();
    const traffic = startTraffic(members, things);
    await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(30);
    former.pause();
    await expect.poll(replicated.master, patient).toBe(next);
    former.resume();
    await expect.poll(() => members.map(({ log }) => log.epoch()), patient).not.toContain(epoch);
    const before = traffic.outcomes.acknowledged;
    await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(before + 30);
    await untilServed(members);
    await traffic.stop();
    expect(stage.stale).toEqual([]);
  }, 120_000);
});
