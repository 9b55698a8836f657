import { type EventPage } from "@tradegraph/kit/outbox-event";
import { signRequest } from "@tradegraph/kit/internal-assertion";
import { createInternalClient, type InternalClient } from "@tradegraph/kit/internal-client";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { createTestResources, testKeys } from "@tradegraph/testkit/test-database";
import { serveTestSubgraph, type TestSubgraph, testTenant } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { releaseStock } from "../src/commands/stock-release.ts";
import { createModels, type Models } from "../src/models.ts";
import { createProducts } from "../src/server.ts";
import { fakeViewer, stockService } from "./fakes.ts";
import { createStockRoom, inMinutes, line, newKey, type StockRoom } from "./stock-room.ts";

let resources: Awaited<ReturnType<typeof createTestResources>>;
let subgraph: TestSubgraph;
let models: Models;
let room: StockRoom;
let audit: InternalClient;

beforeAll(async () => {
  resources = await createTestResources("products", { relay: true });
  subgraph = await serveTestSubgraph(createProducts(resources), resources);
  models = createModels(resources.mongo.connection);
  room = createStockRoom(models);
  audit = createInternalClient({ service: "products", url: subgraph.url, keys: testKeys });
});

afterAll(async () => {
  await audit.close();
  await subgraph.stop();
  await resources[Symbol.asyncDispose]();
});

const read = (body: object = {}) =>
  audit.callRoute<EventPage>("events", { consumer: "audit", after: 0, limit: 1_000, ...body }, "platform");

const about = async (key: string) => (await read()).events.filter(({ data }) => data?.key === key);

describe("events of products", () => {
  it("tell who reserved which units, and that they came back", async () => {
    const product = await room.stocked(5);
    const key = newKey();
    const viewer = { ...stockService, userId: "aaaaaaaaaaaaaaaaaaaaaaaa" };
    const input = { key, expiresAt: inMinutes(5), lines: [line(product, 3)] };
    await subgraph.expectData({
      query: "mutation Reserve($input: StockReserveInput!) { stockReserve(input: $input) { reserved } }",
      variables: { input },
      viewer,
    });
    await runForTenant(testTenant, () => releaseStock(models, key));
    await vi.waitFor(async () => expect(await about(key)).toHaveLength(2), 5_000);
    const [shelf] = await room.shelvesOf(product);
    expect(await about(key)).toMatchObject([
      {
        ...{
          type: "stock.reserved",
          tenantId: testTenant,
          entity: { type: "Inventory", id: shelf?._id.toHexString() },
        },
        ...{ data: { units: 3 }, actor: { role: "service", userId: viewer.userId } },
      },
      { type: "stock.released", data: { units: 3 }, actor: { role: "service" } },
    ]);
    // The relay empties a shelf's outbox after the log has its events.
    await vi.waitFor(
      async () => expect(await room.shelvesOf(product)).toMatchObject([{ outbox: [], hasOutbox: false }]),
      5_000,
    );
  });

  it("are many for many buyers, and none says more than was moved", async () => {
    const product = await room.stocked(20);
    const keys = Array.from({ length: 40 }, newKey);
    await Promise.all(keys.map((key) => room.reserve([line(product, 1)], key)));
    const sold = async () =>
      (await read()).events.filter(({ type, data }) => type === "stock.reserved" && keys.includes(String(data?.key)));
    await vi.waitFor(async () => expect(await sold()).toHaveLength(20), 5_000);
    expect(await room.unitsOf(product)).toEqual({ onHand: 20, reserved: 20, available: 0 });
  });

  it.each([
    ["another consumer", { consumer: "stranger" }],
    ["a position before the first", { after: -1 }],
    ["a page without end", { limit: 100_000 }],
    ["an operator instead of a number", { after: { $gt: 0 } }],
    ["a log that is no name", { log: "*" }],
  ])("are refused to a request with %s", async (_, body) => {
    await expect(read(body)).rejects.toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });

  it("are refused to people, and to services that are not meant", async () => {
    const { body } = await rawEvents(fakeViewer("admin"));
    expect(body.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect((await rawEvents({ ...stockService, scopes: ["stock"] })).status).toBe(403);
  });

  it("are not thought to be passed by a consumer of another log, or of other events of the same numbers", async () => {
    const { events, log } = await read();
    const at = { after: 1, eventId: events[0]?.eventId };
    const consumers = resources.mongo.connection.collection<{ _id: string }>("eventConsumers");
    for (const other of [
      { ...at, log: "00000000-0000-4000-8000-000000000000" },
      { log, after: 1 },
    ]) {
      expect(await read(other)).toMatchObject({ follows: false, events: [], log });
      expect(await consumers.findOne({ _id: "audit" })).toBeNull();
    }
    expect((await read({ ...at, log })).events[0]?.sequence).toBe(2);
    expect(await consumers.findOne({ _id: "audit" })).toEqual({ _id: "audit", position: 1 });
  });

  it("hear of callers without a valid signature, counted", async () => {
    for (let n = 0; n < 10; n += 1) {
      const response = await fetch(subgraph.url, { method: "POST", body: "{}" });
      expect(response.status).toBe(401);
    }
    const refused = async () => (await read()).events.filter(({ type }) => type === "request.refused");
    await vi.waitFor(async () => expect(await refused()).toHaveLength(1), 5_000);
    expect(await refused()).toMatchObject([
      { tenantId: "platform", data: { outcome: "refused", code: "assertion missing", count: 1 } },
    ]);
  });
});

async function rawEvents(viewer: Parameters<TestSubgraph["execute"]>[0]["viewer"]) {
  const body = JSON.stringify({ consumer: "audit", after: 0, limit: 1 });
  const path = "/internal/events";
  const signed = signRequest(testKeys, viewer ?? stockService, {
    ...{ audience: "products", method: "POST", path, body, requestId: newKey() },
  });
  const response = await fetch(new URL(path, subgraph.url), {
    method: "POST",
    headers: { ...signed, "content-type": "application/json" },
    body,
  });
  return {
    status: response.status,
    body: (await response.json()) as { errors?: { extensions: { code: string } }[] },
  };
}
