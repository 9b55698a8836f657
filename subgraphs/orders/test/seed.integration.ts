import { createSeedPlan } from "@tradegraph/kit/seed-plan";
import { cleanSeed } from "@tradegraph/kit/seed-writer";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { type Types } from "mongoose";
import { beforeAll, describe, expect, it } from "vitest";
import { nextNumber } from "../src/commands/next-number.ts";
import { orderStatuses, paymentMethods, paymentStatuses, quoteStatuses } from "../src/enums.ts";
import { schemas } from "../src/models.ts";
import { type CartDocument } from "../src/models/cart.ts";
import { type OrderDocument } from "../src/models/order.ts";
import { type PaymentDocument } from "../src/models/payment.ts";
import { type QuoteDocument } from "../src/models/quote.ts";
import { allowedTransitions } from "../src/order-states.ts";
import { seed } from "../src/seed.ts";
import { fakeOrder, fakeViewer } from "./fakes.ts";
import { startOrders } from "./start-orders.ts";

const orders = startOrders();

const today = new Date("2026-06-01T00:00:00Z");
const plans = ["alpenmarkt", "harborline"].map((tenantId) => createSeedPlan({ tenantId, today }));
const [plan] = plans as [(typeof plans)[number]];
const { tenantId } = plan;
const seeded = ["carts", "counters", "orders", "payments", "quotes"] as const;
const reports: { collection: string; done: number; total: number }[] = [];

const connection = () => orders.resources.mongo.connection;
const rows = <T>(name: keyof typeof schemas, filter: object = { tenantId }) =>
  connection().collection(name).find(filter).toArray() as unknown as Promise<T[]>;
const digests = async () =>
  ((await connection().db?.command({ dbHash: 1 })) as { collections: Record<string, string> }).collections;

async function seedAll(): Promise<number> {
  let count = 0;
  for (const each of plans) {
    const report = (collection: string, done: number, total: number) => reports.push({ collection, done, total });
    count += await seed({ connection: connection(), plan: each, cipher: testCipher, report });
  }
  return count;
}

let written = 0;
let all: OrderDocument[];
let payments: PaymentDocument[];

beforeAll(async () => {
  written = await seedAll();
  all = await rows<OrderDocument>("orders");
  payments = await rows<PaymentDocument>("payments");
});

const share = <T>(of: readonly T[], matches: (one: T) => boolean) => of.filter(matches).length / of.length;
const sum = (lines: { amount: number; quantity: number }[]) =>
  lines.reduce((total, { amount, quantity }) => total + amount * quantity, 0);

describe("seed", () => {
  it("fills the collections of both shops, and counts what it wrote", async () => {
    let found = 0;
    for (const name of seeded) {
      for (const each of plans) {
        const count = (await rows(name, { tenantId: each.tenantId })).length;
        expect(count).toBeGreaterThan(0);
        found += count;
      }
    }
    expect(written).toBe(found);
    expect(all).toHaveLength(plan.counts.orders);
  });

  it("changes nothing when it runs again", async () => {
    const before = await digests();
    await expect(seedAll()).resolves.toBe(0);
    await expect(digests()).resolves.toEqual(before);
  });

  it("has the orders of the plan, with the names of their products", () => {
    const byId = new Map(all.map((order) => [order._id.toHexString(), order]));
    for (let n = 0; n < plan.counts.orders; n += 97) {
      const { customer, company, lines, orderDate, status } = plan.order(n);
      expect(byId.get(plan.id("order", n).toHexString())).toMatchObject({
        number: `A-${orderDate.getUTCFullYear()}-${String(n + 1).padStart(6, "0")}`,
        customerId: plan.id("user", customer),
        companyId: plan.id("company", company),
        status,
        orderDate,
        items: lines.map(({ product, quantity, amount }) => ({
          productId: plan.id("product", product),
          sku: plan.product(product).sku,
          productName: plan.product(product).name,
          supplierId: plan.id("user", plan.product(product).supplier),
          quantity,
          price: { amount, currency: plan.currency },
        })),
      });
    }
  });

  it("adds orders up", () => {
    for (const { items, totalAmount } of all) {
      expect(totalAmount).toEqual({
        amount: sum(items.map(({ price, quantity }) => ({ amount: price.amount, quantity }))),
        currency: plan.currency,
      });
    }
  });

  it("has orders in all states, each with a history that leads there before today", () => {
    for (const status of orderStatuses) expect(share(all, (order) => order.status === status)).toBeGreaterThan(0);
    for (const { status, history, orderDate, shippedDate, deliveredDate } of all) {
      expect(history[0]).toMatchObject({ status: "pending", at: orderDate });
      expect(history.at(-1)?.status).toBe(status);
      for (const [index, step] of history.entries()) {
        const next = history[index + 1];
        if (!next) continue;
        expect(allowedTransitions(step.status)).toContain(next.status);
        expect(next.at.getTime()).toBeGreaterThan(step.at.getTime());
      }
      expect(history.at(-1)?.at.getTime()).toBeLessThan(today.getTime());
      expect(shippedDate).toEqual(history.find((step) => step.status === "shipped")?.at);
      expect(deliveredDate).toEqual(history.find((step) => step.status === "delivered")?.at);
    }
  });

  it("pays as the state allows, with one payment that says the same", () => {
    const allowed: Record<string, string[]> = {
      pending: ["unpaid", "authorized", "failed"],
      confirmed: ["authorized", "paid", "unpaid"],
      shipped: ["authorized", "paid", "unpaid"],
      delivered: ["paid", "refunded", "unpaid"],
      cancelled: ["unpaid", "refunded", "failed"],
    };
    const paymentsOf = Map.groupBy(payments, ({ orderId }) => orderId.toHexString());
    for (const { _id, status, paymentStatus, paymentMethod, totalAmount, customerId } of all) {
      expect(allowed[status]).toContain(paymentStatus);
      if (paymentStatus === "unpaid" && ["confirmed", "shipped", "delivered"].includes(status))
        expect(paymentMethod).toBe("invoice");
      const own = (paymentsOf.get(_id.toHexString()) ?? []).sort((a, b) => Number(a.createdAt) - Number(b.createdAt));
      expect(own.at(-1)?.status).toBe(paymentStatus === "unpaid" ? undefined : paymentStatus);
      for (const payment of own) expect(payment).toMatchObject({ amount: totalAmount, customerId });
    }
    for (const status of paymentStatuses)
      expect(share(all, (order) => order.paymentStatus === status)).toBeGreaterThan(0);
    for (const method of paymentMethods)
      expect(share(all, (order) => order.paymentMethod === method)).toBeGreaterThan(0.1);
    expect(
      share(all, ({ status, paymentStatus }) => status === "delivered" && paymentStatus === "paid"),
    ).toBeGreaterThan(0.7);
  });

  it("owes little for any company", async () => {
    const owed = new Map<string, number>();
    for (const { companyId, paymentMethod, paymentStatus, status, totalAmount } of all) {
      if (paymentMethod !== "invoice" || paymentStatus !== "unpaid" || status === "cancelled") continue;
      owed.set(String(companyId), (owed.get(String(companyId)) ?? 0) + totalAmount.amount);
    }
    expect(owed.size).toBeGreaterThan(5);
    expect(Math.max(...owed.values())).toBeLessThan(10_000_000);
  });

  it("has told everybody of its orders", async () => {
    await expect(connection().collection("orders").countDocuments({ hasOutbox: true })).resolves.toBe(0);
  });

  it("has one open cart for each of some customers, which lasts", async () => {
    const carts = await rows<CartDocument>("carts");
    expect(new Set(carts.map(({ ownerId }) => ownerId.toHexString())).size).toBe(carts.length);
    for (const { lines, expiresAt, isOpen } of carts) {
      expect(lines.length).toBeGreaterThanOrEqual(2);
      expect(lines.length).toBeLessThanOrEqual(5);
      expect(new Set(lines.map(({ productId }) => productId.toHexString())).size).toBe(lines.length);
      expect(isOpen).toBe(true);
      expect(expiresAt).toEqual(plan.daysAgo(-365));
    }
  });

  it("has requests for quotes in all states, with prices once there is an answer", async () => {
    const quotes = await rows<QuoteDocument>("quotes");
    for (const status of quoteStatuses) expect(share(quotes, (quote) => quote.status === status)).toBeGreaterThan(0);
    for (const { status, lines, total, messages, validUntil, createdAt } of quotes) {
      const offers = lines.map(({ offeredPrice, quantity }) => ({ amount: offeredPrice?.amount ?? NaN, quantity }));
      expect(total?.amount).toBe(status === "requested" ? undefined : sum(offers));
      if (status === "offered") expect(validUntil?.getTime()).toBeGreaterThan(today.getTime());
      if (status === "expired") expect(validUntil?.getTime()).toBeLessThanOrEqual(today.getTime());
      expect(messages[0]?.at).toEqual(createdAt);
      expect(messages.at(-1)?.at.getTime()).toBeLessThan(today.getTime());
    }
  });

  it("reports progress that ends near what it announced", () => {
    for (const name of ["orders", "payments", "carts", "quotes"]) {
      const { done, total } = reports.findLast(({ collection }) => collection === name) ?? { done: 0, total: 1 };
      expect(done / total).toBeGreaterThan(0.8);
      expect(done / total).toBeLessThan(1.1);
    }
  });

  it("fills every field of the graph somewhere", async () => {
    const viewer = fakeViewer("admin", { tenantId });
    const owner = (await rows<CartDocument>("carts")).find(
      ({ note, purchaseOrderNumber }) => note && purchaseOrderNumber,
    );
    const product = all.find(({ status }) => status === "delivered")?.items[0]?.productId;
    const data = await orders.subgraph.expectData<Record<string, unknown>>({
      query: `query ($cart: ID, $representations: [_Any!]!) {
        cart(id: $cart) { id nodeId version currencyCode subtotal { amount } company { id } note purchaseOrderNumber expiresAt
          lines { id quantity product { id } unitPriceSnapshot { amount } lineTotal { amount } } }
        orders(first: 100, filter: { statuses: [DELIVERED] }) { totalCount pageInfo { startCursor endCursor } edges { cursor node { id } } nodes {
          id nodeId number version status paymentStatus approvalStatus allowedTransitions customer { id } company { id }
          items { id product { id } productName sku quantity price { amount } lineTotal { amount } } totalAmount { amount currencyCode }
          shippingAddress { street city state zip country } billingAddress { street state } paymentMethod purchaseOrderNumber
          orderDate shippedDate deliveredDate notes history { status at actor { id } reason }
          payments { id nodeId provider externalId amount { amount } status createdAt } } }
        pending: orders(first: 1, filter: { statuses: [PENDING] }) { nodes { allowedTransitions } }
        quotes(first: 100) { totalCount pageInfo { startCursor } edges { cursor node { id } } nodes { id nodeId number status
          customer { id } company { id } lines { id product { id } quantity offeredPrice { amount } } total { amount }
          messages { author { id } body at } validUntil createdAt } }
        _entities(representations: $representations) {
          ... on Product { lastOrderedAt orderedQuantity(days: 365) } ... on User { orders { nodes { id } } }
          ... on Company { availableCredit { amount } orders { nodes { id } } } ... on CompanyMembership { remainingSpend { amount } } } }`,
      variables: {
        cart: owner?._id.toHexString(),
        representations: [
          { __typename: "Product", id: product?.toHexString() },
          { __typename: "User", id: all[0]?.customerId.toHexString() },
          {
            __typename: "Company",
            id: plan.id("company", 0).toHexString(),
            creditLimit: { amountMinor: 1, currencyCode: "EUR" },
          },
        ],
      },
      viewer,
    });
    // Paths whose value is there in at least one element of every list above them.
    const filled = new Set<string>();
    const asked = new Set<string>();
    const walk = (value: unknown, path: string) => {
      asked.add(path);
      if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return;
      filled.add(path);
      if (Array.isArray(value)) for (const one of value) walk(one, path);
      else if (typeof value === "object")
        for (const [name, part] of Object.entries(value)) walk(part, `${path}.${name}`);
    };
    walk(data, "data");
    // Nothing follows on a delivered order; the pending one has it.
    expect([...asked].filter((path) => !filled.has(path))).toEqual(["data.orders.nodes.allowedTransitions"]);
  });

  // Towards the end, because they change what was seeded.
  it("goes on numbering after the seeded orders, and a second run does not go back", async () => {
    const next = () => runForTenant(tenantId, () => nextNumber(orders.models, "order", today));
    await expect(next()).resolves.toBe(`A-2026-${String(plan.counts.orders + 1).padStart(6, "0")}`);
    await expect(seedAll()).resolves.toBe(0);
    await expect(next()).resolves.toBe(`A-2026-${String(plan.counts.orders + 2).padStart(6, "0")}`);
  });

  it("is cleaned up without touching what others wrote", async () => {
    const order = await fakeOrder(orders.models, {}, tenantId);
    // The counter of orders was used, so it is no longer the seed's.
    await expect(cleanSeed(connection(), Object.keys(schemas))).resolves.toBe(written - 1);
    const left = await Promise.all(
      (Object.keys(schemas) as (keyof typeof schemas)[]).map((name) =>
        rows<{ _id: Types.ObjectId; name?: string }>(name, {}),
      ),
    );
    expect(left.flat().map(({ _id, name }) => name ?? _id.toHexString())).toEqual(["order", order._id.toHexString()]);
  });
});
