// What the answer to a mutation tells gateways to forget, that which products has written for it included.
import { randomUUID } from "node:crypto";
import { type ToldInvalidation } from "@tradegraph/kit/invalidation";
import { type Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { fakeStockedProduct } from "./fake-products.ts";
import { fakeViewer } from "./fakes.ts";
import { startShop } from "./start-orders.ts";

const shop = startShop();
const hex = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();

const address = { street: "Kai 1", city: "Hamburg", zip: "20457", country: "DE" };

const place = async (productId: string, quantity: number) => {
  const lines = [{ productId, quantity }];
  const answer = await shop.subgraph.execute<{ orderPlace: { order: { id: string } | null } }>({
    query: `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) @idempotent(key: "${randomUUID()}") { order { id } } }`,
    variables: { input: { lines, shippingAddress: address, paymentMethod: "INVOICE" } },
    viewer: fakeViewer("customer"),
    withExtensions: true,
  });
  return { answer, told: answer.extensions?.cacheInvalidate as ToldInvalidation | undefined };
};

describe("an order", () => {
  it("tells of itself and of the units that products has set aside, with the entries that say the same", async () => {
    const product = await fakeStockedProduct(shop.products.models, 5);
    const { answer, told } = await place(hex(product), 2);
    const shelf = await shop.products.models.Inventory.collection.findOne({ productId: product._id });
    const order = await shop.models.Order.collection.findOne({});
    expect(answer.errors).toBeUndefined();
    expect(told?.tags).toEqual(
      expect.arrayContaining([
        `Order:${answer.data?.orderPlace.order?.id}`,
        "list:acme:Order",
        `Inventory:${hex(shelf as { _id: Types.ObjectId })}`,
        "any:acme:Inventory",
        `Product:${hex(product)}`,
        "list:acme:Product.stock",
      ]),
    );
    const waiting = [shelf, order, await shop.products.models.Product.collection.findOne({ _id: product._id })]
      .flatMap((document) => (document?.outbox ?? []) as { _id: Types.ObjectId }[])
      .map(hex);
    expect(told?.events?.toSorted()).toEqual(waiting.toSorted());
  });

  it("that is refused for want of units tells of nothing", async () => {
    const product = await fakeStockedProduct(shop.products.models, 1);
    expect((await place(hex(product), 50)).told).toBeUndefined();
  });
});
