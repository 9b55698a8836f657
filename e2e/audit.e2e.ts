// Nothing that was answered is missing from the audit log, whatever dies meanwhile.
import { randomUUID } from "node:crypto";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { readOperation, type GraphClient } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { subgraphs } from "../services.ts";
import { createTrail, notOnce } from "./audit-trail.ts";
import { demoShop, type DemoShop } from "./demo.ts";
import { type OwnRedis, startOwnRedis } from "@tradegraph/testkit/own-redis";
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

const entriesWith = (filter: object) =>
  graph.mongo
    .db(graph.databaseOf("users"))
    .collection("auditLog")
    .find(filter, { projection: { _id: 0, action: 1, subject: 1, actor: 1, category: 1, outcome: 1 } })
    .toArray();

interface Placed {
  orderPlace: { order: { id: string } | null };
}

describe("the audit log of a graph in which programs die", () => {
  it("has each order, session and answered operation exactly once", async (context) => {
    if (!redis) return context.skip("skipped: redis");
    const orderPlace = await readOperation("OrderPlace");
    const login = await readOperation("Login");
    const { send, subjectsOf, complete } = createTrail(graph, shop.plan.tenantId);
    const placed: string[] = [];
    const load = new AbortController();
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
        const data = await send<Placed>(orderPlace, order(n), buyer.token);
        if (data?.orderPlace.order) placed.push(data.orderPlace.order.id);
        else await sleep(50);
      }
    });
    const looking = (async () => {
      while (!load.signal.aborted) {
        await send("query Looking { products(first: 2) { nodes { id } } }");
        await sleep(10);
      }
    })();
    const email = `audit-${randomUUID().slice(0, 8)}@alpenmarkt.example`;
    const registration = { email, password: "a long new password", firstName: "Ada", lastName: "New" };
    await send(await readOperation("UserRegister"), { input: registration });
    const signingIn = (async () => {
      while (!load.signal.aborted) {
        await send(login, { input: { email, password: registration.password } });
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
    await redis.startAgain();
    await moreOrders();
    process.kill(graph.programs.users.pid(), "SIGKILL");
    await moreOrders();
    process.kill(graph.programs.orders.pid(), "SIGKILL");
    await moreOrders();
    load.abort();
    await Promise.all([...ordering, looking, signingIn]);
    await complete();
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
        expect(notOnce(orderIds, await subjectsOf("order.placed"))).toEqual({});
        const sessionIds = sessions.map(({ _id }) => String(_id));
        expect(notOnce(sessionIds, await subjectsOf("session.started"))).toEqual({});
        expect((await subjectsOf("stock.reserved")).length).toBeGreaterThanOrEqual(held.length);
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
