// The response cache as shops see it: fast where nothing changed, and never old.
import { randomUUID } from "node:crypto";
import { type GraphClient, readOperation } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { type mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { demoShop, type DemoShop } from "./demo.ts";
import { address } from "./runs/shop-runs.ts";

let graph: TestGraph;
let shop: DemoShop;
let buyer: GraphClient & { token: string };

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  shop = demoShop(graph);
  buyer = await shop.as("buyer");
  // Relays say each second that they have told all; before the first time nothing is shown that was kept.
  await vi.waitUntil(async () => (await ask(productQuery, { id: await anyProduct() })).status.startsWith("hit"), {
    ...{ timeout: 20_000, interval: 100 },
  });
});

afterAll(() => graph.stop());

const productQuery = `query Product($id: ID!) {
  product(by: { id: $id }) { id name stock { available } supplier { sellerProfile { shopName } } reviewSummary { count } }
}`;
const offerQuery = "query Offer($id: ID!) { product(by: { id: $id }) { sku price { amountMinor } } }";

interface Asked {
  /** After the name of the cache: `hit; …`, `fwd=miss; stored`. */
  status: string;
  headers: Headers;
  code: number;
  text: string;
  data: Record<string, unknown>;
}

/** A request whose headers count. */
async function ask(query: string, variables: object, headers: Record<string, string> = {}): Promise<Asked> {
  const response = await fetch(graph.url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": shop.plan.tenantId, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data } = (text === "" ? {} : JSON.parse(text)) as { data: Record<string, unknown> };
  const [, status = ""] = /^tradegraph; (.*)$/.exec(response.headers.get("cache-status") ?? "") ?? [];
  return { status, headers: response.headers, code: response.status, text, data };
}

const products = () => graph.mongo.db(graph.databaseOf("products"));
const as = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` });

const anyProduct = async () => (await productsOnSale(1))[0]?._id.toHexString() ?? "";

/** In single units, so that one can be ordered. */
const productsOnSale = (count: number) =>
  products()
    .collection("products")
    .find<{ _id: mongo.ObjectId; stock: number }>(
      { tenantId: shop.plan.tenantId, isActive: true, moq: 1, postAs: "seller", stock: { $gt: 10 } },
      { limit: count, sort: { _id: 1 } },
    )
    .toArray();

const availableOf = ({ data }: Asked) => (data.product as { stock: { available: number } }).stock.available;

describe("the response cache of the whole graph", () => {
  it("shows the stock that an order left, to everybody, as soon as the buyer knows of the order", async () => {
    const operation = await readOperation("OrderPlace");
    const input = (productId: string) => ({
      lines: [{ productId, quantity: 1 }],
      ...{ shippingAddress: address, paymentMethod: "INVOICE" },
    });
    for (const { _id } of await productsOnSale(10)) {
      const id = _id.toHexString();
      await ask(productQuery, { id });
      const before = await ask(productQuery, { id });
      expect(before.status).toMatch(/^hit/);
      const placed = await buyer.expectData<{ orderPlace: { order: { id: string } | null } }>(operation, {
        ...{ key: randomUUID(), input: input(id) },
      });
      expect(placed.orderPlace.order).not.toBeNull();
      const after = await ask(productQuery, { id });
      expect(availableOf(after)).toBe(availableOf(before) - 1);
      expect(after.status).not.toMatch(/^hit/);
    }
  });

  it("keeps what another product's order does not change", async () => {
    const [, , first, second] = await productsOnSale(4);
    const kept = { id: second?._id.toHexString() };
    await ask(productQuery, kept);
    expect((await ask(productQuery, kept)).status).toMatch(/^hit/);
    await buyer.expectData(await readOperation("OrderPlace"), {
      key: randomUUID(),
      input: {
        lines: [{ productId: first?._id.toHexString(), quantity: 1 }],
        ...{ shippingAddress: address, paymentMethod: "INVOICE" },
      },
    });
    expect((await ask(productQuery, kept)).status).toMatch(/^hit/);
  });

  it("gives each company its own prices, and visitors the list price", async () => {
    const id = await anyProduct();
    const companyAdmin = await shop.as("company admin");
    for (let round = 0; round < 2; round += 1) {
      const [visitor, member] = [await ask(offerQuery, { id }), await ask(offerQuery, { id }, as(companyAdmin))];
      const oracle = await ask(offerQuery, { id }, { ...as(companyAdmin), "apollo-cache-debugging": "true" });
      expect(member.data).toEqual(oracle.data);
      expect(visitor.headers.get("cache-control")).toMatch(/public/);
    }
  });

  it("lets staff see what is not on sale, and nobody after them", async () => {
    const admin = await shop.as("admin");
    const offSale = await products().collection("products").findOne({ tenantId: shop.plan.tenantId, isActive: false });
    const id = offSale?._id.toHexString();
    const query = "query OffSale($id: ID!) { product(by: { id: $id }) { id } }";
    expect((await ask(query, { id })).data.product).toBeNull();
    expect((await ask(query, { id }, as(admin))).data.product).toEqual({ id });
    const again = await ask(query, { id });
    expect([again.data.product, again.status]).toEqual([null, expect.stringMatching(/^hit/)]);
    expect((await ask(query, { id }, as(admin))).data.product).toEqual({ id });
  });

  it("keeps what belongs to one person for that person", async () => {
    const query = "query Me { me { id email firstName } }";
    const approver = await shop.as("approver");
    for (let round = 0; round < 2; round += 1) {
      const mine = await ask(query, {}, as(buyer));
      const theirs = await ask(query, {}, as(approver));
      expect((mine.data.me as { email: string }).email).not.toBe((theirs.data.me as { email: string }).email);
      expect(mine.headers.get("cache-control")).toMatch(/private|no-store/);
      expect((await ask(query, {})).data.me).toBeNull();
    }
  });

  it("shows one's own change at once", async () => {
    const query = "query Me { me { firstName } }";
    await ask(query, {}, as(buyer));
    await ask(query, {}, as(buyer));
    const firstName = `Eva ${randomUUID().slice(0, 8)}`;
    await buyer.expectData("mutation Rename($input: UserUpdateInput!) { userUpdate(input: $input) { user { id } } }", {
      input: { firstName },
    });
    expect((await ask(query, {}, as(buyer))).data.me).toEqual({ firstName });
  });

  it("answers 304 only while nothing has changed", async () => {
    const id = await anyProduct();
    const get = (etag?: string) =>
      fetch(`${graph.url}?${new URLSearchParams({ query: productQuery, variables: JSON.stringify({ id }) })}`, {
        headers: {
          ...{ "apollo-require-preflight": "1", "x-tenant-id": shop.plan.tenantId },
          ...(etag !== undefined && { "if-none-match": etag }),
        },
      });
    await get();
    const etag = (await get()).headers.get("etag") ?? "";
    expect((await get(etag)).status).toBe(304);
    await buyer.expectData(await readOperation("OrderPlace"), {
      key: randomUUID(),
      input: { lines: [{ productId: id, quantity: 1 }], shippingAddress: address, paymentMethod: "INVOICE" },
    });
    expect((await get(etag)).status).toBe(200);
  });

  it("goes on showing the catalogue while its subgraph is dead, as far as the schema allows", async () => {
    const query = "query Shelf($slug: String!) { category(by: { slug: $slug }) { id name } }";
    const category = await products()
      .collection("categories")
      .findOne({ tenantId: shop.plan.tenantId, isActive: true });
    const variables = { slug: category?.slug as string };
    await vi.waitUntil(async () => (await ask(query, variables)).status.startsWith("hit"), 20_000);
    // The last story: nothing starts it again.
    await graph.programs.products.stop();
    // Long enough for the relay's word to be too old.
    await vi.waitUntil(async () => !(await ask(query, variables)).status.startsWith("hit"), {
      ...{ timeout: 20_000, interval: 250 },
    });
    const answer = await ask(query, variables);
    expect((answer.data.category as { name: string } | null)?.name).toBe(category?.name);
  });
});
