import { randomUUID } from "node:crypto";
import { type GraphClient, readOperation } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { demoShop, type DemoShop } from "./demo.ts";
import { address } from "./runs/shop-runs.ts";

interface Placed {
  orderPlace: { order: { id: string; number: string } | null; userErrors: { __typename: string }[] };
}

let graph: TestGraph;
let shop: DemoShop;
let buyer: GraphClient;
let operation: string;

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  shop = demoShop(graph);
  buyer = await shop.as("buyer");
  operation = await readOperation("OrderPlace");
});

afterAll(() => graph.stop());

/** Number of a product on sale in single units, with exactly this stock from now on. */
async function productWithStock(from: number, units: number): Promise<string> {
  let n = from;
  while (!(shop.plan.product(n).isActive && shop.plan.product(n).postAs === "seller" && shop.plan.product(n).moq === 1))
    n += 1;
  const productId = shop.plan.id("product", n);
  const inventory = graph.mongo.db(graph.databaseOf("products")).collection("inventory");
  const [shelf] = await inventory.find({ tenantId: shop.plan.tenantId, productId }).toArray();
  await inventory.updateMany({ productId }, { $set: { onHand: 0, available: 0 } });
  await inventory.updateOne({ _id: shelf?._id }, { $set: { onHand: units, available: units } });
  return productId.toHexString();
}

const input = (productId: string, quantity = 1) => ({
  lines: [{ productId, quantity }],
  shippingAddress: address,
  paymentMethod: "INVOICE",
});

const place = (productId: string, key: string = randomUUID()) =>
  buyer.execute<Placed>(operation, { key, input: input(productId) });

const stockOf = async (productId: string) => {
  const { product } = await shop.visitor.expectData<{ product: { stock: { available: number } } }>(
    "query ($id: ID) { product(by: { id: $id }) { stock { available } } }",
    { id: productId },
  );
  return product.stock.available;
};

describe("orderPlace", () => {
  it("sells ten units to fifty parallel buyers exactly ten times", async () => {
    const productId = await productWithStock(100, 10);
    const answers = await Promise.all(Array.from({ length: 50 }, () => place(productId)));
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const orders = answers.map(({ data }) => data?.orderPlace);
    expect(orders.filter((result) => result?.order)).toHaveLength(10);
    expect(orders.filter((result) => result?.userErrors[0]?.__typename === "InsufficientStockError")).toHaveLength(40);
    expect(await stockOf(productId)).toBe(0);
  });

  it("gives a repetition the first answer, and refuses the key for another order", async () => {
    const productId = await productWithStock(200, 10);
    const key = randomUUID();
    const first = await place(productId, key);
    const again = await place(productId, key);
    expect(again.data?.orderPlace.order).toEqual(first.data?.orderPlace.order);
    expect(await stockOf(productId)).toBe(9);
    const other = await buyer.execute<Placed>(operation, { key, input: input(productId, 2) });
    expect(other.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("writes the order together with its event, which the audit log gets", async () => {
    const productId = await productWithStock(300, 1);
    const { data } = await place(productId);
    const orders = graph.mongo.db(graph.databaseOf("orders")).collection("orders");
    const stored = await orders.findOne({ number: data?.orderPlace.order?.number, tenantId: shop.plan.tenantId });
    expect(stored).toMatchObject({ status: "pending" });
    const log = graph.mongo.db(graph.databaseOf("users")).collection("auditLog");
    await vi.waitFor(
      async () =>
        expect(await log.countDocuments({ action: "order.placed", "subject.id": String(stored?._id) })).toBe(1),
      { timeout: 20_000, interval: 250 },
    );
  });

  it("gives units back when the order was never written", async () => {
    const productId = await productWithStock(400, 5);
    // What a crash between reservation and order leaves: units set aside under a key that has no order, time over.
    const inventory = graph.mongo.db(graph.databaseOf("products")).collection("inventory");
    const reservation = { key: `crashed-${randomUUID()}`, quantity: 2, expiresAt: new Date(Date.now() - 1_000) };
    await inventory.updateOne(
      { productId: new mongoose.Types.ObjectId(productId), onHand: 5 },
      { $set: { reservations: [reservation] as never }, $inc: { available: -2, reserved: 2 } },
    );
    expect(await stockOf(productId)).toBe(3);
    await expect.poll(() => stockOf(productId), { timeout: 15_000, interval: 200 }).toBe(5);
  });
});
