// Nobody who has the database alone reads where an order went (ruling 28).
import { createSeedPlan } from "@tradegraph/kit/seed-plan";
import { fieldOfPath, sealedPathsOf } from "@tradegraph/kit/sealed-field";
import { textsInDatabase } from "@tradegraph/testkit/raw-bson";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { schemas } from "../src/models.ts";
import { sealedPlaces } from "../src/models/sealed-places.ts";
import { seed } from "../src/seed.ts";
import { fakeStockedProduct } from "./fake-products.ts";
import { fakeOrder, fakeViewer, newId } from "./fakes.ts";
import { startShop } from "./start-orders.ts";

const shop = startShop();

const db = () => {
  const { db: database } = shop.resources.mongo.connection;
  if (!database) throw new Error("The test database is not connected.");
  return database;
};

const shipping = { street: "Canary Wharf 17", city: "Canaryville", state: "Canarystate", zip: "CNR 1", country: "DE" };
const billing = { street: 'Canary "Row"\u0007 18 ü', city: "Canarytown", state: null, zip: "CNR 2", country: "AT" };
const place = `mutation ($key: String!, $input: OrderPlaceInput!) { orderPlace(input: $input) @idempotent(key: $key) {
  order { id shippingAddress { street city state zip country } billingAddress { street city state zip country } }
  userErrors { message field } } }`;

describe("the database", () => {
  it("has no address in clear after the seed and every command that writes one", async () => {
    const { _id: productId } = await fakeStockedProduct(shop.products.models, 10);
    const input = {
      lines: [{ productId: productId.toHexString(), quantity: 1 }],
      shippingAddress: shipping,
      billingAddress: billing,
      paymentMethod: "INVOICE",
      notes: "Controla.",
    };
    const viewer = fakeViewer("customer");
    const key = newId().toHexString();
    for (let round = 0; round < 2; round += 1) {
      const data = await shop.subgraph.expectData({ query: place, variables: { key, input }, viewer });
      expect(data).toMatchObject({
        orderPlace: { order: { shippingAddress: shipping, billingAddress: billing }, userErrors: [] },
      });
    }
    const plan = createSeedPlan({ tenantId: "alpenmarkt", today: new Date("2026-06-01T00:00:00Z") });
    await seed({ connection: shop.resources.mongo.connection, plan, cipher: testCipher, report: () => undefined });
    const ofSeed = ["Hafenstrasse", "Industrieweg", "Marktplatz", "Bahnhofstrasse", "Werkstrasse", "Rotterdam"];
    await expect(textsInDatabase(db(), ["Canary", "CNR 1", "CNR 2", ...ofSeed])).resolves.toEqual([]);
    await expect(textsInDatabase(db(), ["Controla"])).resolves.toEqual(["orders: controla"]);
  });

  it("has a known place for every sealed field", () => {
    const places = Object.values(sealedPlaces).map(({ collection, field }) => `${collection}.${field}`);
    const fields = Object.entries(sealedPathsOf(schemas)).flatMap(([collection, paths]) =>
      paths.map((path) => `${collection}.${fieldOfPath(path)}`),
    );
    expect(fields.sort()).toEqual(places.sort());
  });

  it("takes the longest address there may be, every character escaped", async () => {
    const text = (length: number) => "\u0001".repeat(length);
    const longest = { street: text(200), city: text(100), state: text(100), zip: text(20), country: "DE" };
    const order = await fakeOrder(shop.models, { shippingAddress: longest });
    const query = "query ($id: ID!) { order(by: { id: $id }) { shippingAddress { street city state zip } } }";
    const variables = { id: order._id.toHexString() };
    const data = await shop.subgraph.expectData({ query, variables, viewer: fakeViewer("admin") });
    const { country: _, ...rest } = longest;
    expect(data).toEqual({ order: { shippingAddress: rest } });
  });
});

describe("an address that cannot be opened", () => {
  it("takes nothing else of a list away, and is not shown", async () => {
    const customer = fakeViewer("customer");
    const [broken, whole] = [
      await fakeOrder(shop.models, { customerId: customer.id, billingAddress: { ...shipping } }),
      await fakeOrder(shop.models, { customerId: customer.id }),
    ];
    // The right text in the wrong field.
    const swapped = { shippingAddress: broken.billingAddress };
    await db().collection("orders").updateOne({ _id: broken._id }, { $set: swapped });
    const query = "{ orders(first: 5) { nodes { number shippingAddress { city } billingAddress { city } } } }";
    const answer = await shop.subgraph.execute<{ orders: { nodes: object[] } }>({ query, viewer: customer });
    expect(answer.data?.orders.nodes).toEqual([
      { number: whole.number, shippingAddress: { city: "Hamburg" }, billingAddress: null },
      { number: broken.number, shippingAddress: null, billingAddress: { city: "Canaryville" } },
    ]);
    expect(answer.errors).toMatchObject([
      { path: ["orders", "nodes", 1, "shippingAddress"], extensions: { code: "INTERNAL_SERVER_ERROR" } },
    ]);
  });

  it("does not open in another shop", async () => {
    const foreign = await fakeOrder(shop.models, {}, "other-shop");
    const order = await fakeOrder(shop.models);
    await db()
      .collection("orders")
      .updateOne({ _id: order._id }, { $set: { shippingAddress: foreign.shippingAddress } });
    const query = "query ($id: ID!) { order(by: { id: $id }) { number shippingAddress { city } } }";
    const viewer = fakeViewer("admin", { tenantId: testTenant });
    const answer = await shop.subgraph.execute({ query, variables: { id: order._id.toHexString() }, viewer });
    expect(answer.data).toEqual({ order: { number: order.number, shippingAddress: null } });
  });
});
