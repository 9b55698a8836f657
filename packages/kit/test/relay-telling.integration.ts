import { randomUUID } from "node:crypto";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { Types } from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { cacheEntry } from "../src/cache-entry.ts";
import { invalidationKeys, parseLogEntry, parseWatermark } from "../src/invalidation.ts";
import { createLease } from "../src/lease.ts";
import { outboxEntry, type OutboxEntry, withOutbox } from "../src/outbox.ts";
import { connectRedis, type RedisClient } from "../src/redis.ts";
import { createRelay } from "../src/relay.ts";
import { createRelayTelling } from "../src/relay-telling.ts";
import { createEventDatabase, type EventDatabase, outboxes } from "./event-database.ts";

let database: EventDatabase;
let redis: RedisClient;
let namespace: string;
let time = 0;

beforeAll(async () => {
  database = await createEventDatabase();
  const url = inject("redisUri");
  if (url === undefined) throw new Error("These tests need Redis.");
  redis = connectRedis({ url, logger: silentLogger, name: "test" });
  await new Promise<void>((resolve) => redis.once("ready", resolve));
});
afterAll(async () => {
  await redis.del(invalidationKeys.log(namespace), invalidationKeys.watermarks(namespace));
  redis.disconnect();
  await database.resources[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await database.empty();
  await database.db.collection("eventLogs").deleteMany({});
  namespace = `test-${randomUUID()}`;
  time = 0;
});

/** An instance of the subgraph `shop`, with its own way to Redis. */
function instance() {
  const way = { isBroken: false };
  const refuse = () => {
    throw new Error("Redis is away");
  };
  const own = new Proxy(redis, {
    get(target, name) {
      if (way.isBroken && (name === "pipeline" || name === "xadd")) return refuse;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const { db } = database;
  const telling = createRelayTelling({ db, redis: own, namespace, subgraph: "shop" });
  const lease = createLease({ db, name: "relay", silenceMs: 100, now: () => time });
  return { way, telling, relay: createRelay({ db, outboxes, lease, logger: silentLogger, telling }) };
}

const tagged = (...tags: string[]): OutboxEntry => ({
  ...outboxEntry("thing.changed", { role: "service" }),
  cacheTags: tags,
});

async function store(...entries: OutboxEntry[]): Promise<void> {
  const now = new Date();
  const base = { _id: new Types.ObjectId(), tenantId: "acme", version: 1, createdAt: now, updatedAt: now };
  await database.db.collection("things").insertOne({ ...base, ...withOutbox(...entries) });
}

const fieldsOf = async (key: string) => (await redis.xrange(key, "-", "+")).map(([, fields]) => fields);
const told = async () => (await fieldsOf(invalidationKeys.log(namespace))).map(parseLogEntry);
const watermarks = async () => (await fieldsOf(invalidationKeys.watermarks(namespace))).map(parseWatermark);
const isMarked = async () => (await database.db.collection("eventLogs").countDocuments({ _id: "untold" as never })) > 0;
const tagsTold = async () => (await told()).flatMap((entry) => (entry.kind === "invalidation" ? entry.tags : []));

describe("the relay", () => {
  it("tells the tags and ids of all entries, and that nothing waits", async () => {
    const [first, second, quiet] = [
      tagged("Thing:1", "any:acme:Thing"),
      tagged("any:acme:Thing"),
      cacheEntry(new Map([["Thing:2", undefined]])),
    ];
    await store(first, quiet);
    await store(second);
    expect(await instance().relay.round()).toBe(3);
    const [entry, ...more] = await told();
    expect(more).toEqual([]);
    if (entry?.kind !== "invalidation") throw new Error("no invalidation");
    expect(entry.tags.toSorted()).toEqual(["Thing:1", "Thing:2", "any:acme:Thing"]);
    expect(entry.events.toSorted()).toEqual([first, second, quiet].map(({ _id }) => _id.toHexString()).toSorted());
    expect(entry.isSoft).toBe(false);
    // What is no event is in no log.
    expect((await database.events()).map((event) => (event as unknown as { type: string }).type)).toEqual([
      "thing.changed",
      "thing.changed",
    ]);
    expect(await database.waiting()).toBe(0);
    expect(await watermarks()).toEqual([{ subgraph: "shop", ageMs: expect.any(Number) as number }]);
  });

  it("tells before entries leave their documents, also those that it has to tell twice", async () => {
    await store(tagged("Thing:1"));
    const { db } = database;
    const { telling } = instance();
    const lease = createLease({ db, name: "relay", silenceMs: 100, now: () => time });
    const dying = createRelay({
      ...{ db, outboxes, lease, logger: silentLogger, telling },
      publish: () => Promise.reject(new Error("died")),
    });
    await expect(dying.round()).rejects.toThrow("died");
    expect(await tagsTold()).toEqual(["Thing:1"]);
    expect(await watermarks()).toEqual([]);
    const next = instance();
    await next.relay.round();
    time += 100;
    await next.relay.round();
    expect(await tagsTold()).toEqual(["Thing:1", "Thing:1"]);
    expect(await watermarks()).toHaveLength(1);
  });

  it("names an entry that stands in several documents as no repetition, because they are written in turn", async () => {
    const shared = cacheEntry(new Map([["Thing:1", undefined]]), true);
    await store(shared);
    await instance().telling.tell([tagged("Thing:2"), cacheEntry(new Map([["Thing:3", undefined]]))]);
    await instance().relay.round();
    expect((await told()).map((entry) => entry.kind === "invalidation" && entry.isOfEvents)).toEqual([true, false]);
  });

  it("says how old its word is from before it asked whether it leads", async () => {
    const { db } = database;
    const { telling } = instance();
    const answered = 40;
    const slow = {
      hold: async () => {
        const began = performance.now();
        // As a process that stands still after the answer.
        while (performance.now() - began < answered);
        return Promise.resolve(true);
      },
      confirm: () => Promise.resolve(true),
      release: () => Promise.resolve(),
    };
    await createRelay({ db, outboxes, lease: slow, logger: silentLogger, telling }).round();
    const [watermark] = await watermarks();
    expect(watermark?.ageMs).toBeGreaterThanOrEqual(answered);
  });

  it("takes out nothing that is untold when another leads by now, who would not know of it", async () => {
    const { db } = database;
    const leader = instance();
    await leader.relay.round();
    const { telling, way } = instance();
    way.isBroken = true;
    const deposed = {
      hold: () => Promise.resolve(true),
      confirm: () => Promise.resolve(false),
      release: () => Promise.resolve(),
    };
    await store(cacheEntry(new Map([["Thing:1", undefined]])));
    expect(await createRelay({ db, outboxes, lease: deposed, logger: silentLogger, telling }).round()).toBe(0);
    expect(await database.waiting()).toBe(1);
    await leader.relay.round();
    expect(await tagsTold()).toEqual(["Thing:1"]);
  });

  it("says at most once in a while that nothing waits", async () => {
    const { relay } = instance();
    for (const _ of [1, 2, 3]) await relay.round();
    expect(await watermarks()).toHaveLength(1);
  });

  it("goes on without Redis, says nothing meanwhile, and tells everything when it is back", async () => {
    const { relay, way } = instance();
    way.isBroken = true;
    await store(tagged("Thing:1"));
    await relay.round();
    await store(tagged("Thing:2"));
    await relay.round();
    expect(await database.events()).toHaveLength(2);
    expect(await database.waiting()).toBe(0);
    expect(await isMarked()).toBe(true);
    way.isBroken = false;
    await relay.round();
    expect(await tagsTold()).toEqual(["Thing:1", "Thing:2"]);
    expect(await database.db.collection("eventLogs").findOne({ _id: "untold" as never })).toBeNull();
    expect(await watermarks()).toHaveLength(1);
  });

  it("that died without Redis leaves a mark, by which the next forgets the whole subgraph", async () => {
    const dead = instance();
    dead.way.isBroken = true;
    await store(tagged("Thing:1"));
    await dead.relay.round();
    const next = instance();
    next.way.isBroken = true;
    await next.relay.round();
    time += 100;
    await next.relay.round();
    expect(await watermarks()).toEqual([]);
    next.way.isBroken = false;
    await next.relay.round();
    expect(await tagsTold()).toEqual(["subgraph:shop"]);
    expect(await watermarks()).toHaveLength(1);
  });

  it("forgets the whole subgraph when two have left something untold", async () => {
    const [one, other] = [instance(), instance()];
    for (const { way } of [one, other]) way.isBroken = true;
    await one.telling.tell([tagged("Thing:1")]);
    await other.telling.tell([tagged("Thing:2")]);
    for (const { way } of [one, other]) way.isBroken = false;
    await other.telling.settle(performance.now());
    expect(await tagsTold()).toEqual(["subgraph:shop"]);
    // The first thinks that its mark is there; whose it was does not matter, for all was told.
    await one.telling.settle(performance.now());
    await one.telling.settle(performance.now());
    expect(await tagsTold()).toEqual(["subgraph:shop", "Thing:1"]);
  });

  it("does not clear the mark of another that came in between", async () => {
    const [one, other] = [instance(), instance()];
    for (const { way } of [one, other]) way.isBroken = true;
    await one.telling.tell([tagged("Thing:1")]);
    await other.telling.tell([tagged("Thing:2")]);
    one.way.isBroken = false;
    await one.telling.settle(performance.now());
    expect(await watermarks()).toEqual([]);
    expect(await isMarked()).toBe(true);
    await one.telling.settle(performance.now());
    expect(await tagsTold()).toEqual(["Thing:1", "subgraph:shop"]);
    expect(await watermarks()).toHaveLength(1);
  });
});
