// Redis dies in the middle of everything and comes back empty: the shop goes on, nothing that happened is missing from the
// audit log, and nobody who is out comes in. The same for users, which dies while it publishes.
import process from "node:process";
import { connectRedis } from "@tradegraph/kit/redis";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { demoLogins } from "@tradegraph/users/demo-accounts";
import { type mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { notOnce } from "./audit-trail.ts";
import { demoShop, type DemoShop } from "./demo.ts";
import { startTraffic, type Traffic } from "./mixed-traffic.ts";
import { partnerSettings, startPartnerTraffic } from "./partner-traffic.ts";
import { type OwnRedis, startOwnRedis } from "@tradegraph/testkit/own-redis";

let redis: OwnRedis | undefined;
let graph: TestGraph;
let shop: DemoShop;
/** The account that is written to all the time, as it was at first. */
let writer: { _id: mongo.ObjectId; version: number };

beforeAll(async () => {
  redis = await startOwnRedis();
  graph = await startGraph({ seed: true, extra: partnerSettings, ...(redis && { redisUri: redis.uri }) });
  shop = demoShop(graph);
  writer = await writerNow();
});

afterAll(async () => {
  await graph.stop();
  await redis?.stop();
});

const usersOf = () => graph.mongo.db(graph.databaseOf("users"));

/** Ids of documents, as the databases have them. */
async function idsIn(service: "users" | "orders", collection: string, filter: object): Promise<string[]> {
  const found = graph.mongo.db(graph.databaseOf(service)).collection(collection);
  return (await found.find(filter, { projection: { _id: 1 } }).toArray()).map(({ _id }) => String(_id));
}

/** What the databases have and what the audit log has are the same, each once. */
async function expectSame({ trail }: Traffic) {
  await trail.complete();
  await vi.waitFor(
    async () => {
      const orders = await idsIn("orders", "orders", { _seed: { $exists: false } });
      expect(notOnce(orders, await trail.subjectsOf("order.placed"))).toEqual({});
      const begun = await trail.subjectsOf("session.started");
      expect([...begun].sort()).toEqual((await idsIn("users", "sessions", {})).sort());
      const ended = await trail.subjectsOf("session.ended");
      expect([...ended].sort()).toEqual((await idsIn("users", "sessions", { revokedAt: { $exists: true } })).sort());
      const changes = (await trail.subjectsOf("user.updated")).filter((id) => id === writer._id.toHexString());
      const now = await usersOf().collection("users").findOne({ _id: writer._id });
      expect(changes).toHaveLength(Number(now?.version) - writer.version);
    },
    { timeout: 40_000, interval: 500 },
  );
}

async function writerNow() {
  const email = demoLogins(shop.plan).find(({ label }) => label === "supplier")?.email;
  const found = await usersOf().collection("users").findOne({ tenantId: shop.plan.tenantId, emailLower: email });
  if (!found) throw new Error("There is no such account.");
  return { _id: found._id, version: Number(found.version) };
}

const pids = () => Object.values(graph.programs).map((program) => program.pid());

describe("Redis that is killed in the middle of traffic and comes back empty", () => {
  it("stops nothing, loses nothing, lets nobody in who is out, and serves a partner within his limit", async (context) => {
    if (!redis) return context.skip("skipped: redis");
    const before = pids();
    const partner = await startPartnerTraffic(graph, shop);
    const traffic = await startTraffic(graph, shop);
    const goesOn = async () => {
      await Promise.all([traffic.goesOn(), partner.goesOn()]);
      const { used, most } = partner.points();
      expect(used).toBeLessThanOrEqual(most);
    };
    try {
      await goesOn();
      await redis.kill();
      await goesOn();
      await redis.startAgain();
      await goesOn();
      await redis.kill();
      await redis.startAgain();
      await goesOn();
    } finally {
      await Promise.all([traffic.stop(), partner.stop()]);
    }
    // Served or over his limit, and nothing else.
    expect(Object.keys(partner.statuses).sort()).toEqual(["200", "429"]);
    expect(traffic.revoked.length).toBeGreaterThan(8);
    expect(traffic.cameIn).toEqual([]);
    await expectSame(traffic);
    // All by themselves: nobody was started again.
    expect(pids()).toEqual(before);
  }, 300_000);

  it("is used again by all, without their being started again", async (context) => {
    if (!redis) return context.skip("skipped: redis");
    const counted = async () => {
      // Something to publish.
      await shop.as("buyer");
      return (await keysOf(redis?.uri ?? "")).map((key) => key.split(":")[1]);
    };
    await expect
      .poll(counted, { timeout: 20_000, interval: 250 })
      .toEqual(expect.arrayContaining(["events", "session-epoch"]));
  });
});

describe("users that is killed while it publishes", () => {
  it("loses no event and publishes none twice", async () => {
    const traffic = await startTraffic(graph, shop, ["write", "logout", "revocation"]);
    try {
      for (let n = 0; n < 4; n += 1) {
        await traffic.goesOn();
        process.kill(graph.programs.users.pid(), "SIGKILL");
      }
      await traffic.goesOn();
    } finally {
      await traffic.stop();
    }
    expect(traffic.cameIn).toEqual([]);
    await expectSame(traffic);
  }, 300_000);
});

async function keysOf(uri: string): Promise<string[]> {
  const client = connectRedis({ url: uri, logger: silentLogger, name: "test" });
  try {
    await vi.waitFor(() => expect(client.status).toBe("ready"), 15_000);
    return await client.keys("*");
  } finally {
    client.disconnect();
  }
}
