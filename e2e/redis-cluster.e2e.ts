// The whole shop over a Redis Cluster, one node of which dies: it goes on, nobody who is out comes in, and every key that the
// programs have made is documented.
import { readFileSync } from "node:fs";
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { type StartedRedisCluster, startRedisCluster } from "@tradegraph/devservices/start-redis-cluster";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoShop } from "./demo.ts";
import { startTraffic } from "./mixed-traffic.ts";

const server = await resolveRedisServer();
let cluster: StartedRedisCluster;
let graph: TestGraph;

/** Documented keys: what they look like, and whether they have a time to live. */
const documented = readFileSync(new URL("../docs/REDIS.md", import.meta.url), "utf8")
  .split(/<!-- keys: (?:begin|end) -->/)[1]
  ?.split("\n")
  .flatMap((line) => {
    const [, key, lifetime] = /^\| `([^`]+)` +\|[^|]+\| ([^|]+?) +\|/.exec(line.replaceAll("\\|", "/")) ?? [];
    return key === undefined || lifetime === undefined
      ? []
      : [{ key, pattern: patternOf(key), isKept: lifetime === "none" }];
  });

/** `ns:session:<session>` as a pattern; `…` is anything. */
function patternOf(key: string): RegExp {
  const parts = key.split(/<[^>]+>|…|\bns\b/);
  const gaps = key.match(/<[^>]+>|…|\bns\b/g) ?? [];
  const literal = (text = "") => text.replace(/[{}.*+?^$()[\]\\|]/g, "\\$&");
  const gapOf = (gap: string) => (gap === "…" ? ".+" : gap === "ns" ? "[\\w-]+" : "[^:{}]+");
  return new RegExp(
    `^${gaps.reduce((text, gap, index) => text + gapOf(gap) + literal(parts[index + 1]), literal(parts[0]))}$`,
  );
}

/** Every key in the cluster with its time to live in seconds, -1 for none. */
async function keysNow(): Promise<[string, number][]> {
  const running = cluster.nodes.filter((node) => node.isRunning());
  const found = await Promise.all(
    running.map(async ({ client }) => {
      if (!(await client.info("replication")).includes("role:master")) return [];
      const keys = await client.keys("*");
      return Promise.all(keys.map(async (key): Promise<[string, number]> => [key, await client.ttl(key)]));
    }),
  );
  // -2: it has ended meanwhile.
  return found.flat().filter(([, seconds]) => seconds !== -2);
}

describe.skipIf(!server)("the shop over a cluster", () => {
  beforeAll(async () => {
    cluster = await startRedisCluster({ server: server ?? { binary: "" }, replicas: 1 });
    graph = await startGraph({ seed: true, redisUri: cluster.uri });
  });
  afterAll(async () => {
    await graph.stop();
    await cluster.stop();
  });

  it("goes on while a node dies, and lets nobody in who is out", async () => {
    const traffic = await startTraffic(graph, demoShop(graph));
    try {
      await traffic.goesOn();
      const epoch = (await keysNow()).find(([key]) => key.endsWith(":session-epoch"))?.[0] ?? "";
      const owner = await cluster.ownerOf(epoch);
      expect(owner).toBeDefined();
      await owner?.kill();
      await traffic.goesOn();
      await owner?.start();
      await traffic.goesOn();
      await cluster.untilWhole();
    } finally {
      await traffic.stop();
    }
    expect(traffic.revoked.length).toBeGreaterThan(5);
    expect(traffic.cameIn).toEqual([]);
  }, 300_000);

  it("makes no key that docs/REDIS.md does not name, with the lifetime that is said there", async () => {
    expect(documented?.length).toBeGreaterThan(10);
    const seenNow = async () => {
      const keys = await keysNow();
      const wrong = keys.filter(
        ([key, seconds]) =>
          !documented?.some(({ pattern, isKept }) => pattern.test(key) && isKept === (seconds === -1)),
      );
      expect(wrong).toEqual([]);
      return documented?.filter(({ pattern }) => keys.some(([key]) => pattern.test(key))).map(({ key }) => key);
    };
    // What was lost with the node is written again every two seconds.
    const expected = ["{ns}:log", "ns:session-epoch", "ns:session:<session>"];
    await expect.poll(seenNow, { timeout: 10_000 }).toEqual(expect.arrayContaining(expected));
  });
});
