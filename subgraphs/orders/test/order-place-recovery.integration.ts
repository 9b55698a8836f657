// What is left of an order when something dies while it is placed.
import { setTimeout as sleep } from "node:timers/promises";
import { createInternalClient, type InternalClient } from "@tradegraph/kit/internal-client";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { sweepReservations } from "@tradegraph/products/commands/sweep-reservations";
import { testKeys } from "@tradegraph/testkit/test-database";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { type Types } from "mongoose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type OrderPlacing, placeOrder } from "../src/commands/order-place.ts";
import { resumeOrders } from "../src/commands/resume-orders.ts";
import { createProductsService, type ProductsService } from "../src/products-service.ts";
import { type UsersService } from "../src/users-service.ts";
import { fakeStockedProduct, stockOf } from "./fake-products.ts";
import { fakeViewer, newId } from "./fakes.ts";
import { codesOf, startOrders, startShop } from "./start-orders.ts";

const shop = startShop();
const alone = startOrders();

/** Nobody acts for a company here. */
const users: UsersService = { spendingRule: () => Promise.reject(new Error("Users was asked.")) };

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

let client: InternalClient;
let productId: Types.ObjectId;
let viewer: ReturnType<typeof fakeViewer>;
let products: ProductsService;
let key: string;

beforeAll(() => {
  client = createInternalClient({ service: "products", url: shop.products.subgraph.url, keys: testKeys });
});
afterAll(() => client.close());

beforeEach(async () => {
  productId = (await fakeStockedProduct(shop.products.models, 10))._id;
  viewer = fakeViewer("customer");
  products = createProductsService(client, viewer, newId().toHexString());
  key = newId().toHexString();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const place = (overrides: Partial<OrderPlacing> = {}) =>
  runForTenant(testTenant, () =>
    placeOrder({
      models: shop.models,
      cipher: testCipher,
      products,
      users,
      viewer,
      key,
      input: {
        lines: [{ productId: productId.toHexString(), quantity: 4 }],
        shippingAddress: { street: "Hafenstrasse 1", city: "Hamburg", zip: "20457", country: "DE" },
        paymentMethod: "invoice",
      },
      ...overrides,
    }),
  );

const claim = () => shop.models.IdempotencyKey.collection.findOne({ key });
const changeClaim = (change: object) => shop.models.IdempotencyKey.collection.updateOne({ key }, { $set: change });
const stock = () => stockOf(shop.products.models, productId);
const orderCount = () => shop.models.Order.collection.countDocuments({ "items.productId": productId });

const free = { onHand: 10, reserved: 0, available: 10 };
const held = { onHand: 10, reserved: 4, available: 6 };

/** Dies between the reservation and the order: whoever waits for it waits for ever. */
async function crashAfterReservation(): Promise<void> {
  const create = vi.spyOn(shop.models.Order, "create").mockReturnValue(new Promise(() => undefined) as never);
  void place();
  await vi.waitFor(() => expect(create).toHaveBeenCalledOnce(), 15_000);
  create.mockRestore();
}

describe("placing an order", () => {
  it("gives the units and the key back when the order cannot be stored", async () => {
    vi.spyOn(shop.models.Order, "create").mockRejectedValueOnce(new Error("no disk"));
    await expect(place()).rejects.toThrow("no disk");
    await expect(stock()).resolves.toEqual(free);
    await expect(claim()).resolves.toBeNull();
    await expect(place()).resolves.toMatchObject({ userErrors: [], order: { status: "pending" } });
    await expect(stock()).resolves.toEqual(held);
  });

  it("is swept after a crash, and can be placed again with the same key", async () => {
    await crashAfterReservation();
    await expect(stock()).resolves.toEqual(held);
    await expect(place()).rejects.toMatchObject({ extensions: { code: "CONFLICT", retryable: true } });

    await sweepReservations(shop.products.models, inMinutes(14));
    await expect(stock()).resolves.toEqual(held);
    await sweepReservations(shop.products.models, inMinutes(16));
    await expect(stock()).resolves.toEqual(free);

    await resumeOrders(shop.models, inMinutes(14));
    await expect(claim()).resolves.not.toBeNull();
    await expect(resumeOrders(shop.models, inMinutes(17))).resolves.toBe(1);
    await expect(claim()).resolves.toBeNull();
    await expect(orderCount()).resolves.toBe(0);

    await expect(place()).resolves.toMatchObject({ userErrors: [] });
    await expect(stock()).resolves.toEqual(held);
  });

  it("goes on with the same reservation when the runner's lease is over", async () => {
    await crashAfterReservation();
    const before = await claim();
    await changeClaim({ leaseUntil: new Date(0) });
    const { order } = await place();
    expect(order?._id).toEqual(before?.orderId);
    await expect(stock()).resolves.toEqual(held);
    await expect(orderCount()).resolves.toBe(1);
  });

  it("begins anew when the reservation of the crashed runner is nearly over", async () => {
    await crashAfterReservation();
    const before = await claim();
    await changeClaim({ leaseUntil: new Date(0), createdAt: inMinutes(-10) });
    const { order } = await place();
    expect(order).toBeDefined();
    expect(order?._id).not.toEqual(before?.orderId);
  });

  it("gives the order that is there when only the last step was lost", async () => {
    const { order } = await place();
    await changeClaim({ state: "running" });
    await expect(place()).resolves.toMatchObject({ order: { number: order?.number } });
    await expect(claim()).resolves.toMatchObject({ state: "done" });

    await changeClaim({ state: "running" });
    await resumeOrders(shop.models, inMinutes(17));
    await expect(claim()).resolves.toMatchObject({ state: "done" });
    await expect(orderCount()).resolves.toBe(1);
  });

  it("stops before the order when another runner has taken over, and leaves it the units", async () => {
    const reserve: ProductsService["reserve"] = async (reservation) => {
      const shortages = await products.reserve(reservation);
      await changeClaim({ lease: newId() });
      return shortages;
    };
    await expect(place({ products: { ...products, reserve } })).rejects.toMatchObject({
      extensions: { code: "CONFLICT", retryable: true },
    });
    await expect(stock()).resolves.toEqual(held);
    await expect(orderCount()).resolves.toBe(0);
  });

  it("makes one order when two runners are at it", async () => {
    let second: Promise<unknown> | undefined;
    const reserve: ProductsService["reserve"] = async (reservation) => {
      const shortages = await products.reserve(reservation);
      if (!second) {
        await changeClaim({ leaseUntil: new Date(0) });
        second = place();
        await sleep(100);
      }
      return shortages;
    };
    const [first] = await Promise.allSettled([place({ products: { ...products, reserve } })]);
    const [other] = await Promise.allSettled([second]);
    expect([first.status, other.status]).toContain("fulfilled");
    await expect(orderCount()).resolves.toBe(1);
    await expect(stock()).resolves.toEqual(held);
  });

  it("takes a new reservation when the old name was ended", async () => {
    await crashAfterReservation();
    await sweepReservations(shop.products.models, inMinutes(16));
    await changeClaim({ leaseUntil: new Date(0) });
    await expect(place()).rejects.toMatchObject({ extensions: { code: "CONFLICT", retryable: true } });
    await expect(place()).resolves.toMatchObject({ userErrors: [] });
    await expect(stock()).resolves.toEqual(held);
  });

  it("says which service is away, and that the same request may succeed later", async () => {
    const execution = {
      query: `mutation ($key: String!, $id: ID!) { orderPlace(input: { lines: [{ productId: $id, quantity: 1 }],
        shippingAddress: { street: "A 1", city: "B", zip: "1", country: "DE" }, paymentMethod: CARD }) @idempotent(key: $key) {
        order { id } } }`,
      variables: { key, id: productId.toHexString() },
      viewer,
    };
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const answer = await alone.subgraph.execute(execution);
      expect(codesOf(answer)).toEqual(["SERVICE_UNAVAILABLE"]);
      expect(answer.errors?.[0]?.extensions).toMatchObject({ service: "products", retryable: true });
    }
    await expect(alone.models.Order.collection.countDocuments({})).resolves.toBe(0);
  });
});
