// The response cache over a Redis that is reached by TLS: one server, Sentinels, a cluster. Commands, the reader of the log and
// acknowledgements have connections of their own, and each of them has to be encrypted.
import process from "node:process";
import { openRedisGroup, type RedisGroup } from "@tradegraph/devservices/redis-node";
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { startRedisCluster } from "@tradegraph/devservices/start-redis-cluster";
import { makeTestCertificate, trust } from "@tradegraph/testkit/test-certificate";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { startTlsFront, type TlsFront } from "@tradegraph/testkit/tls-front";
import { connectRedis } from "@tradegraph/kit/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openFaultStage, patient, startTraffic, untilServed } from "./cache-fault-stage.ts";

const server = await resolveRedisServer();
const made = await makeTestCertificate();
const certificate = made ?? { key: "", cert: "" };
const things = Array.from({ length: 30 }, (_, index) => `t${index}`);
const memory = ["appendonly no", 'save ""', "maxmemory 64mb", "maxmemory-policy volatile-lfu"];
/** Of a gateway's cache: commands, the log, acknowledgements. */
const connectionsEach = 3;

if (!made) process.stdout.write("skipped: openssl\n");

describe.skipIf(!server || !made)("the response cache by TLS", () => {
  let group: RedisGroup;
  const fronts: TlsFront[] = [];
  let distrust: (() => void) | undefined;

  beforeAll(async () => {
    group = await openRedisGroup("redis-tls", server?.binary ?? "");
  });
  afterAll(() => group.stop());
  beforeEach(() => {
    distrust = undefined;
    onTestFinished(() => {
      for (const front of fronts.splice(0)) front.close();
      distrust?.();
    });
  });

  const front = async (port: number) => {
    const opened = await startTlsFront({ port }, certificate);
    fronts.push(opened);
    return opened.port;
  };
  const node = async (name: string, configuration: string[], isSentinel = false) => {
    const port = await group.port();
    await group.add({ name: `${name}-${port}`, port, configuration, isSentinel });
    return front(port);
  };
  const sum = (kind: keyof TlsFront["counts"]) => fronts.reduce((total, { counts }) => total + counts[kind], 0);
  const address = (scheme: string, port: number, rest = "") =>
    `${scheme}://default:${group.password}@127.0.0.1:${port}${rest}`;

  const kinds: Record<string, () => Promise<string>> = {
    "one server": async () => address("rediss", await node("one", memory)),
    Sentinels: async () => {
      const master = await node("master", memory);
      const watch = [
        `sentinel monitor shop 127.0.0.1 ${master} 1`,
        `sentinel auth-pass shop ${group.password}`,
        "sentinel down-after-milliseconds shop 5000",
      ];
      return address("rediss+sentinel", await node("sentinel", watch, true), "/shop");
    },
    "a cluster": async () => {
      const cluster = await startRedisCluster({ server: { binary: server?.binary ?? "" }, announce: front });
      onTestFinished(() => cluster.stop());
      return cluster.uri.replace("redis+", "rediss+");
    },
  };

  it.each(Object.keys(kinds))(
    "shares what was kept, and shows nothing old after a change was acknowledged: %s",
    async (kind) => {
      const url = (await kinds[kind]?.()) ?? "";
      // A Sentinel itself asks the master, and hears it, without encryption.
      const others = kind === "Sentinels" ? 2 : 0;
      await expect.poll(() => sum("plain"), patient).toBe(others);
      distrust = trust(certificate);
      const stage = openFaultStage();
      onTestFinished(stage.stop);
      const members = [await stage.add({ url, lookupMs: 10_000 }), await stage.add({ url, lookupMs: 10_000 })] as const;
      await untilServed(members);
      await members[0].read("shared");
      await expect.poll(async () => (await members[1].read("shared")).from, patient).not.toBe("shop");
      const traffic = startTraffic(members, things);
      await expect.poll(() => traffic.outcomes.acknowledged, patient).toBeGreaterThan(100);
      await expect.poll(() => traffic.outcomes.hits, patient).toBeGreaterThan(100);
      await traffic.stop();
      expect(stage.stale).toEqual([]);
      expect(traffic.outcomes.deferred).toBe(0);
      expect(sum("encrypted")).toBeGreaterThanOrEqual(members.length * connectionsEach);
      expect(sum("plain")).toBe(others);
    },
    60_000,
  );

  it("keeps away from a server whose certificate nobody vouches for", async () => {
    const url = await kinds["one server"]?.();
    const redis = connectRedis({ url: url ?? "", logger: silentLogger, name: "test" });
    onTestFinished(() => {
      redis.disconnect();
    });
    await expect.poll(() => fronts[0]?.counts.refused, patient).toBeGreaterThan(2);
    expect([redis.status === "ready", fronts[0]?.counts.encrypted]).toEqual([false, 0]);
    await expect(redis.get("anything")).rejects.toThrow();
  });
});
