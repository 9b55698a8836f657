// Export and erasure of one person in orders: amounts stay, the person does not.
import { createPersonCalls, type PersonCalls, unsignedStatus } from "@tradegraph/testkit/person-calls";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { textsInDatabase } from "@tradegraph/testkit/raw-bson";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimKey, endLease, finishClaim } from "../src/commands/claim-key.ts";
import { type OrderDocument } from "../src/models/order.ts";
import { sealedPlaces } from "../src/models/sealed-places.ts";
import { openAddress } from "../src/sealed-address.ts";
import { euro, fakeCart, fakeOrder, fakePayment, fakeQuote, newId, orderFields } from "./fakes.ts";
import { startOrders } from "./start-orders.ts";

const orders = startOrders();
let calls: PersonCalls;

beforeAll(() => {
  calls = createPersonCalls({ service: "orders", url: orders.subgraph.url });
});
afterAll(() => calls.close());

const inTenant = <T>(work: () => Promise<T>) => runForTenant(testTenant, work);
const stored = ({ _id }: Pick<OrderDocument, "_id">) =>
  inTenant(async () => {
    const order = await orders.models.Order.findById(_id).lean<OrderDocument>();
    if (!order) throw new Error("The order is gone.");
    return order;
  });
const db = () => {
  const { db: database } = orders.resources.mongo.connection;
  if (!database) throw new Error("The test database is not connected.");
  return database;
};

const street = "Birdcage Walk 7";
const home = { street, city: "Cagetown", zip: "4711", country: "AT" };
const historyOf = (customerId: Types.ObjectId, name: string) => [
  { status: "pending" as const, at: new Date(), actorId: customerId },
  { status: "delivered" as const, at: new Date(), actorId: newId(), reason: `${name} was at home` },
];
const fakeDelivered = (
  customerId: Types.ObjectId,
  overrides: Partial<Parameters<typeof fakeOrder>[1]> = {},
  name = "Canarina",
) =>
  fakeOrder(orders.models, {
    ...{ customerId, status: "delivered", shippingAddress: home, billingAddress: home },
    ...{ notes: `Ring for ${name}`, purchaseOrderNumber: "PO-7", history: historyOf(customerId, name) },
    ...overrides,
  });
const message = (authorId: Types.ObjectId, body: string) => ({ authorId, body, at: new Date() });

describe("the export of a buyer", () => {
  it("tells carts, orders with payments, quotes and what was written in those of others", async () => {
    const [buyer, seller] = [newId(), newId()];
    await fakeCart(orders.models, { ownerId: buyer, note: "For Monday" });
    const order = await fakeDelivered(buyer);
    await fakePayment(orders.models, order);
    await fakeOrder(orders.models, {});
    const own = [message(buyer, "How much?"), message(seller, "Dear Canarina, 5")];
    await fakeQuote(orders.models, { customerId: buyer, messages: own });
    await fakeQuote(orders.models, { messages: [message(buyer, "My word"), message(seller, "Not theirs")] });

    const exported = await calls.exported(buyer.toHexString());

    expect(exported).toMatchObject({
      carts: [{ note: "For Monday", lines: [{ quantity: 3, unitPrice: euro(250) }] }],
      orders: [
        {
          ...{ number: order.number, shippingAddress: home, billingAddress: home, notes: "Ring for Canarina" },
          ...{ totalAmount: order.totalAmount, items: [{ productName: "Bolt", quantity: 2 }] },
          history: [{ byPerson: true }, { byPerson: false, reason: "Canarina was at home" }],
          payments: [{ provider: "stripe", status: "paid" }],
        },
      ],
      quotes: [
        {
          messages: [
            { body: "How much?", byPerson: true },
            { body: "Dear Canarina, 5", byPerson: false },
          ],
        },
      ],
    });
    const written = exported.quoteMessages?.flatMap(({ messages }) => messages as { body: string }[]);
    expect(written?.map(({ body }) => body).sort()).toEqual(["How much?", "My word"]);
    expect(JSON.stringify(exported)).not.toMatch(/enc:v1|[oO]utbox|Not theirs|supplierId|reservationKey/);
    expect(JSON.stringify(exported)).not.toContain(seller.toHexString());
  });

  it("goes on over pages, each order once, and is of one shop", async () => {
    const buyer = newId();
    const dates = Array.from({ length: 205 }, (_, n) => new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3)));
    const fields = dates.map((orderDate) => orderFields({ customerId: buyer, orderDate }));
    await inTenant(() => orders.models.Order.insertMany(fields));
    await fakeOrder(orders.models, { customerId: buyer }, "other-shop");
    const first = await calls.page({ userId: buyer.toHexString(), next: { source: "orders" } });
    expect(first.records.orders).toHaveLength(100);
    const all = (await calls.exported(buyer.toHexString())).orders ?? [];
    expect(new Set(all.map(({ number }) => number))).toEqual(new Set(fields.map(({ number }) => number)));
    expect(all).toHaveLength(205);
  });

  it("is empty for somebody unknown, and refused to whoever is not signed for or asks nonsense", async () => {
    const nobody = newId().toHexString();
    await expect(calls.exported(nobody)).resolves.toEqual({ carts: [], orders: [], quotes: [], quoteMessages: [] });
    for (const route of ["person-export", "person-erase"])
      expect(await unsignedStatus(orders.subgraph.url, route)).toBe(401);
    for (const body of [null, { userId: 7 }, { userId: nobody, next: { source: "orders", after: "e30" } }])
      await expect(calls.page(body)).rejects.toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });
});

describe("the erasure of a buyer", () => {
  it("takes person and words out of what is over, and keeps numbers, lines and amounts", async () => {
    const [buyer, seller] = [newId(), newId()];
    const order = await fakeDelivered(buyer, { companyId: newId() }, "Erasmia");
    const payment = await fakePayment(orders.models, order);
    const others = await fakeDelivered(newId(), { notes: "Somebody else's note" });
    await fakeCart(orders.models, { ownerId: buyer, note: "Erasmia's list" });
    await fakeQuote(orders.models, {
      ...{ customerId: buyer, messages: [message(buyer, "Erasmia asks"), message(seller, "Dear Erasmia")] },
    });
    const foreign = await fakeQuote(orders.models, {
      messages: [message(buyer, "Erasmia again"), message(seller, "Stays")],
    });

    expect(await textsInDatabase(db(), ["Erasmia"])).not.toEqual([]);

    const counts = await calls.erase(buyer.toHexString());

    expect(counts).toMatchObject({ carts: 1, orders: 1, ordersUnderWay: 0, ordersBeingPlaced: 0 });
    expect(counts).toMatchObject({ quotes: 1, messages: 1 });
    const after = await stored(order);
    expect(await textsInDatabase(db(), ["Erasmia", "Birdcage"])).toEqual([]);
    const { number, totalAmount, items, customerId, companyId, purchaseOrderNumber, orderDate } = order;
    expect(after).toMatchObject({ number, totalAmount, items, customerId, companyId, purchaseOrderNumber, orderDate });
    expect(after).toMatchObject({ version: order.version + 1, personErasedAt: expect.any(Date) as Date });
    const erased = { street: "erased", city: "erased", zip: "erased", country: "AT" };
    for (const field of ["shippingAddress", "billingAddress"] as const) {
      const sealed = after[field];
      if (!sealed) throw new Error(`${field} is gone.`);
      await expect(inTenant(() => openAddress(testCipher, sealed, sealedPlaces[field]))).resolves.toEqual(erased);
    }
    expect(after.outbox).toMatchObject([{ type: "order.erased", actor: { role: "service" } }]);
    expect(JSON.stringify(after.outbox)).not.toContain("Birdcage");
    const paid = await inTenant(async () => orders.models.Payment.findById(payment._id).lean());
    expect(paid).toMatchObject({ amount: payment.amount, externalId: payment.externalId });
    expect(await stored(others)).toEqual(others);
    const bodies = await inTenant(async () => orders.models.Quote.findById(foreign._id).lean());
    expect(bodies?.messages.map(({ body }) => body)).toEqual(["erased", "Stays"]);
  });

  it("leaves orders under way their address, and takes it when they are over", async () => {
    const buyer = newId();
    await fakeDelivered(buyer, { status: "cancelled" });
    const underWay = await fakeDelivered(buyer, { status: "shipped" });
    await expect(calls.erase(buyer.toHexString())).resolves.toMatchObject({ orders: 1, ordersUnderWay: 1 });
    expect(await stored(underWay)).toEqual(underWay);
    await inTenant(async () => orders.models.Order.updateOne({ _id: underWay._id }, { status: "delivered" }));
    await expect(calls.erase(buyer.toHexString())).resolves.toMatchObject({ orders: 1, ordersUnderWay: 0 });
    expect((await stored(underWay)).notes).toBeUndefined();
  });

  it("tells of an order that is being placed, keeps its claim, and forgets it later", async () => {
    const buyer = newId();
    const request = { actorId: buyer, key: "one", requestHash: "hash" };
    const { document: claim } = await inTenant(() => claimKey(orders.models, request));
    await expect(calls.erase(buyer.toHexString())).resolves.toMatchObject({ ordersBeingPlaced: 1, idempotencyKeys: 0 });
    // The runner goes on as if nothing had happened.
    await fakeDelivered(buyer, { _id: claim.orderId, status: "pending" });
    await inTenant(async () => {
      await endLease(orders.models, claim);
      await finishClaim(orders.models, claim);
    });
    await expect(calls.erase(buyer.toHexString())).resolves.toMatchObject({
      ...{ ordersBeingPlaced: 0, ordersUnderWay: 1, idempotencyKeys: 1 },
    });
  });

  it("may be repeated, also by several at once and over more than a batch, and tells of each order once", async () => {
    const buyer = newId();
    const fields = Array.from({ length: 520 }, () => orderFields({ customerId: buyer, status: "delivered" }));
    await inTenant(() => orders.models.Order.insertMany(fields));
    const all = await Promise.all(Array.from({ length: 3 }, () => calls.erase(buyer.toHexString())));
    expect(all.reduce((sum, counts) => sum + (counts.orders ?? 0), 0)).toBe(520);
    const twice = { customerId: buyer, "outbox.1": { $exists: true } };
    expect(await db().collection("orders").countDocuments(twice)).toBe(0);
    const again = await calls.erase(buyer.toHexString());
    expect(Object.values(again).every((count) => count === 0)).toBe(true);
  });

  it("is of one shop", async () => {
    const buyer = newId();
    const order = await fakeOrder(orders.models, { customerId: buyer, status: "delivered", notes: "x" }, "other-shop");
    await expect(calls.erase(buyer.toHexString())).resolves.toMatchObject({ orders: 0 });
    const there = await runForTenant("other-shop", async () => orders.models.Order.findById(order._id).lean());
    expect(there).toMatchObject({ notes: "x", version: 1 });
    await expect(calls.erase(buyer.toHexString(), "other-shop")).resolves.toMatchObject({ orders: 1 });
  });
});
