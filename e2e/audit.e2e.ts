// Nothing that was answered is missing from the audit log, whatever dies meanwhile.
import { randomUUID } from "node:crypto";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { readOperation, type GraphClient } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { subgraphs } from "../services.ts";
import { demoShop, type DemoShop } from "./demo.ts";
import { type OwnRedis, startOwnRedis } from "./own-redis.ts";
import { address } from "./runs/shop-runs.ts";

let redis: OwnRedis | undefined;
let graph: TestGraph;
let shop: DemoShop;
let buyer: GraphClient & { token: string };

beforeAll(async () => {
  redis = await startOwnRedis();
  graph = await startGraph({ seed: true, ...(redis && { redisUri: redis.uri }) });
  shop = demoShop(graph);
  buyer = await shop.as("buyer");
});

afterAll(async () => {
  await graph.stop();
  await redis?.stop();
});

interface Answer<T> {
  requestId: string;
  data: T | undefined;
}

/** Sends an operation under a request id of its own; nothing when it was not run. */
async function send<T>(query: string, variables: object, token?: string): Promise<Answer<T> | undefined> {
  const requestId = randomUUID();
  try {
    const response = await fetch(graph.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-request-id": requestId,
        "x-tenant-id": shop.plan.tenantId,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: T; errors?: object[] };
    // Nobody could be asked who calls: no operation was run.
    if (response.status === 503) return undefined;
    return { requestId, data: errors ? undefined : data };
  } catch {
    return undefined;
  }
}

const entriesWith = (filter: object) =>
  graph.mongo
    .db(graph.databaseOf("users"))
    .collection("auditLog")
    .find(filter, { projection: { _id: 0, action: 1, subject: 1, actor: 1, category: 1, outcome: 1 } })
    .toArray();

/** How often each of these came up, leaving out those that came up once. */
function notOnce(expected: readonly string[], found: readonly string[]): Record<string, number> {
  const counts = new Map(expected.map((id) => [id, 0]));
  for (const id of found) if (counts.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return Object.fromEntries([...counts].filter(([, count]) => count !== 1));
}

/** Documents of all databases with entries that nobody has carried on. */
async function waitingDocuments(): Promise<number> {
  let waiting = 0;
  for (const { name } of subgraphs) {
    const db = graph.mongo.db(graph.databaseOf(name));
    for (const { name: collection } of await db.listCollections({}, { nameOnly: true }).toArray())
      waiting += await db.collection(collection).countDocuments({ hasOutbox: true });
  }
  return waiting;
}

interface Placed {
  orderPlace: { order: { id: string } | null };
}

describe("the audit log of a graph in which programs die", () => {
  it("has each order, session and answered operation exactly once", async (context) => {
    if (!redis) return context.skip("skipped: redis");
    const orderPlace = await readOperation("OrderPlace");
    const login = await readOperation("Login");
    const answered: string[] = [];
    const placed: string[] = [];
    const load = new AbortController();
    const note = <T>(answer: Answer<T> | undefined) => {
      if (answer) answered.push(answer.requestId);
      return answer?.data;
    };
    const onSale = Array.from({ length: 400 }, (_, n) => n).filter((n) => {
      const { isActive, postAs, moq } = shop.plan.product(n);
      return isActive && postAs === "seller" && moq === 1;
    });
    const order = (n: number) => ({
      key: randomUUID(),
      input: {
        lines: [{ productId: shop.plan.id("product", onSale[n % onSale.length] ?? 0).toHexString(), quantity: 1 }],
        shippingAddress: address,
        paymentMethod: "INVOICE",
      },
    });
    const ordering = Array.from({ length: 3 }, async (_, worker) => {
      for (let n = worker; !load.signal.aborted; n += 3) {
        const data = note(await send<Placed>(orderPlace, order(n), buyer.token));
        if (data?.orderPlace.order) placed.push(data.orderPlace.order.id);
        else await sleep(50);
      }
    });
    const looking = (async () => {
      while (!load.signal.aborted) {
        note(await send("query Looking { products(first: 2) { nodes { id } } }", {}));
        await sleep(10);
      }
    })();
    const email = `audit-${randomUUID().slice(0, 8)}@alpenmarkt.example`;
    const registration = { email, password: "a long new password", firstName: "Ada", lastName: "New" };
    await send(await readOperation("UserRegister"), { input: registration });
    const signingIn = (async () => {
      while (!load.signal.aborted) {
        note(await send(login, { input: { email, password: registration.password } }));
        await sleep(100);
      }
    })();

    /** The graph works again, and has written something since. */
    const moreOrders = async () => {
      const before = placed.length;
      await vi.waitFor(() => expect(placed.length).toBeGreaterThan(before + 5), { timeout: 40_000, interval: 50 });
    };
    await moreOrders();
    await redis.kill();
    await moreOrders();
    process.kill(graph.programs.gateway.pid(), "SIGKILL");
    await moreOrders();
    await redis.startEmpty();
    await moreOrders();
    process.kill(graph.programs.users.pid(), "SIGKILL");
    await moreOrders();
    process.kill(graph.programs.orders.pid(), "SIGKILL");
    await moreOrders();
    load.abort();
    await Promise.all([...ordering, looking, signingIn]);
    await vi.waitFor(async () => expect(await waitingDocuments()).toBe(0), { timeout: 40_000, interval: 500 });
    const stored = graph.mongo.db(graph.databaseOf("orders")).collection("orders");
    const orders = await stored.find({ _seed: { $exists: false } }, { projection: { _id: 1 } }).toArray();
    const orderIds = orders.map(({ _id }) => String(_id));
    expect(placed.filter((id) => !orderIds.includes(id))).toEqual([]);
    const sessions = await graph.mongo
      .db(graph.databaseOf("users"))
      .collection("sessions")
      .find({}, { projection: { _id: 1 } })
      .toArray();
    const inventory = graph.mongo.db(graph.databaseOf("products")).collection("inventory");
    const held = await inventory.distinct("reservations.key");
    await vi.waitFor(
      async () => {
        const events = await entriesWith({ category: { $ne: "access" } });
        const subjects = (action: string) =>
          events
            .filter((entry) => entry.action === action)
            .map(({ subject }) => String((subject as { id: string }).id));
        expect(notOnce(orderIds, subjects("order.placed"))).toEqual({});
        expect(
          notOnce(
            sessions.map(({ _id }) => String(_id)),
            subjects("session.started"),
          ),
        ).toEqual({});
        expect(subjects("stock.reserved").length).toBeGreaterThanOrEqual(held.length);
        const access = await entriesWith({ category: "access" });
        const recorded = access.map(({ actor }) => String((actor as { requestId?: string }).requestId));
        expect(notOnce(answered, recorded)).toEqual({});
      },
      { timeout: 40_000, interval: 1_000 },
    );
  }, 400_000);

  it("has no event twice, and publishers forget what it has", async () => {
    const log = graph.mongo.db(graph.databaseOf("users")).collection("auditLog");
    const repeated = await log
      .aggregate([
        { $group: { _id: { tenantId: "$tenantId", eventId: "$eventId" }, count: { $sum: 1 } } },
        { $match: { count: { $gt: 1 } } },
      ])
      .toArray();
    expect(repeated).toEqual([]);
    await vi.waitFor(
      async () => {
        for (const { name } of subgraphs)
          expect(
            await graph.mongo.db(graph.databaseOf(name)).collection("outboxEvents").countDocuments(),
          ).toBeLessThanOrEqual(1);
      },
      { timeout: 40_000, interval: 1_000 },
    );
  }, 60_000);

  it("has forged calls to a subgraph", async () => {
    const url = `http://127.0.0.1:${graph.graph.ports.orders}/graphql`;
    const forge = () =>
      fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: '{"query":"{__typename}"}' });
    for (let n = 0; n < 5; n += 1) expect((await forge()).status).toBe(401);
    await vi.waitFor(
      async () => {
        const found = await entriesWith({ action: "request.refused", source: "orders" });
        expect(found).toMatchObject([{ category: "security", outcome: "refused", actor: { address: "127.0.0.1" } }]);
      },
      { timeout: 15_000, interval: 250 },
    );
  }, 30_000);
});
