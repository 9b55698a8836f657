// Orders for a company keep the buyer's limit, or wait for approval.
import { setTimeout as sleep } from "node:timers/promises";
import { type Viewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { type GraphQLAnswer } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type SpendingRule } from "../src/users-service.ts";
import { euro, fakeItem, fakeOrder, fakeViewer, newId } from "./fakes.ts";
import { fakeStockedProduct, stockOf } from "./fake-products.ts";
import { codesOf, startShop } from "./start-orders.ts";

const shop = startShop();

const mutation = `mutation ($key: String!, $input: OrderPlaceInput!) { orderPlace(input: $input) @idempotent(key: $key) {
  order { id approvalStatus } userErrors { message } } }`;

interface Placed {
  orderPlace: { order: { id: string; approvalStatus: string } | null } | null;
}

/** 10 euros a piece. */
let productId: string;
let dollars: string;
let company: Types.ObjectId;
let buyer: Viewer & { id: Types.ObjectId };

beforeAll(async () => {
  const { models } = shop.products;
  productId = (await fakeStockedProduct(models, 100_000))._id.toHexString();
  const price = { amount: 1_000, currency: "USD" };
  dollars = (await fakeStockedProduct(models, 100_000, { price }))._id.toHexString();
});

beforeEach(() => {
  company = newId();
  buyer = fakeViewer("customer", { companyId: company.toHexString(), scopes: ["orders:place"] });
});

const allow = (limit: number | null, period: SpendingRule["period"] = "MONTH") =>
  shop.users.rules.set(buyer.userId ?? "", { limit: limit === null ? null : euro(limit), period });

const send = (quantity: number, product: string, key: string, viewer: Viewer) =>
  shop.subgraph.execute<Placed>({
    query: mutation,
    variables: {
      key,
      input: {
        lines: [{ productId: product, quantity }],
        shippingAddress: { street: "Hafenstrasse 1", city: "Hamburg", zip: "20457", country: "DE" },
        paymentMethod: "INVOICE",
      },
    },
    viewer,
  });

/** As a client does: again while the stock, or the limit, is somebody else's for a moment. */
async function place(
  quantity: number,
  { product = productId, key = newId().toHexString(), viewer = buyer as Viewer } = {},
) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await send(quantity, product, key, viewer);
    if (!answer.errors?.some(({ extensions }) => extensions.retryable === true)) return answer;
    await sleep(20);
  }
  throw new Error("Still in conflict after 200 attempts.");
}

const statusOf = ({ data }: GraphQLAnswer<Placed>) => data?.orderPlace?.order?.approvalStatus;

/** An order that is there already. */
const spent = (amount: number, overrides: Parameters<typeof fakeOrder>[1] = {}) =>
  fakeOrder(shop.models, {
    ...{ customerId: buyer.id, companyId: company, items: [fakeItem({ quantity: 1, price: euro(amount) })] },
    ...overrides,
  });

const outboxOf = async ({ data }: GraphQLAnswer<Placed>) => {
  const { ObjectId } = shop.models.Order.base.Types;
  const found = await shop.models.Order.collection.findOne({ _id: new ObjectId(data?.orderPlace?.order?.id) });
  return found?.outbox as { data: object }[];
};

describe("an order for a company", () => {
  it("needs nobody's word within the limit, to the last cent, and somebody's above", async () => {
    allow(5_000);
    expect(statusOf(await place(2))).toBe("NOT_REQUIRED");
    expect(statusOf(await place(3))).toBe("NOT_REQUIRED");
    const above = await place(1);
    expect(statusOf(above)).toBe("PENDING");
    expect((await outboxOf(above))[0]?.data).toMatchObject({ approvalStatus: "pending" });
    expect(shop.users.asked.filter((id) => id === company.toHexString())).toHaveLength(3);
  });

  it("needs nobody's word without a limit, or for nobody's company", async () => {
    allow(null);
    expect(statusOf(await place(1_000))).toBe("NOT_REQUIRED");
    allow(0);
    const asked = shop.users.asked.length;
    const alone = { ...buyer, companyId: undefined, scopes: [] };
    expect(statusOf(await place(1, { viewer: alone }))).toBe("NOT_REQUIRED");
    expect(shop.users.asked).toHaveLength(asked);
  });

  it("is measured alone when the limit is for each order", async () => {
    allow(2_000, "ORDER");
    for (let round = 0; round < 3; round += 1) expect(statusOf(await place(2))).toBe("NOT_REQUIRED");
    expect(statusOf(await place(3))).toBe("PENDING");
  });

  it("counts what the person ordered for the company in the period, waiting orders too, but no cancelled ones", async () => {
    const now = new Date();
    const lastYear = new Date(Date.UTC(now.getUTCFullYear(), 0) - 1);
    allow(5_000, "YEAR");
    await spent(4_000);
    await spent(100_000, { status: "cancelled" });
    await spent(100_000, { orderDate: lastYear });
    await spent(100_000, { companyId: newId() });
    await spent(100_000, { customerId: newId() });
    expect(statusOf(await place(1))).toBe("NOT_REQUIRED");
    expect(statusOf(await place(1))).toBe("PENDING");
  });

  it("counts only the month when the limit is for months", async () => {
    const now = new Date();
    const monthBefore = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()) - 1);
    allow(1_000);
    await spent(100_000, { orderDate: monthBefore });
    expect(statusOf(await place(1))).toBe("NOT_REQUIRED");
  });

  it("waits for approval in another currency than the limit's", async () => {
    allow(1_000_000);
    expect(statusOf(await place(1, { product: dollars }))).toBe("PENDING");
  });

  it.each([
    ["a month", "MONTH"],
    ["a year", "YEAR"],
  ] as const)("of 20 at once, lets exactly as many pass as fit into %s", async (_, period) => {
    allow(5_500, period);
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(1)));
    const states = answers.map(statusOf);
    expect(states.filter((state) => state === "NOT_REQUIRED")).toHaveLength(5);
    expect(states.filter((state) => state === "PENDING")).toHaveLength(15);
    const left = await shop.models.Spending.collection.findOne({ userId: buyer.id });
    expect(left?.inFlight).toEqual([]);
  });

  it("keeps the limits of two people, and of one person's two companies, apart", async () => {
    allow(1_000);
    expect(statusOf(await place(1))).toBe("NOT_REQUIRED");
    const elsewhere = { ...buyer, companyId: newId().toHexString() };
    expect(statusOf(await place(1, { viewer: elsewhere }))).toBe("NOT_REQUIRED");
    const colleague = fakeViewer("customer", { companyId: company.toHexString(), scopes: ["orders:place"] });
    shop.users.rules.set(colleague.userId, { limit: euro(1_000), period: "MONTH" });
    expect(statusOf(await place(1, { viewer: colleague }))).toBe("NOT_REQUIRED");
    expect(statusOf(await place(1, { viewer: colleague }))).toBe("PENDING");
  });

  it("counts an order that is about to be stored, until it is clear that it never will be", async () => {
    allow(1_000);
    const waiting = { orderId: newId(), lease: newId(), amount: euro(1_000), at: new Date() };
    const tenantId = buyer.tenantId;
    const base = { tenantId, version: 1, createdAt: new Date(), updatedAt: new Date() };
    await shop.models.Spending.collection.insertOne({
      ...{ ...base, userId: buyer.id, companyId: company, inFlight: [waiting] },
    } as never);
    expect(statusOf(await place(1))).toBe("PENDING");
    await shop.models.Order.collection.deleteMany({ customerId: buyer.id });
    const longAgo = new Date(Date.now() - 16 * 60_000);
    await shop.models.Spending.collection.updateOne({ userId: buyer.id }, { $set: { "inFlight.0.at": longAgo } });
    expect(statusOf(await place(1))).toBe("NOT_REQUIRED");
  });

  it("counts against one limit in all companies that a membership comes down to, and shows what is left of it", async () => {
    const group = company.toHexString();
    const below = Array.from({ length: 3 }, () => newId().toHexString());
    shop.users.rules.set(buyer.userId ?? "", { limit: euro(2_000), period: "MONTH", companyId: group });
    const states = [];
    for (const companyId of [below[0], group, below[1], below[2]])
      states.push(statusOf(await place(1, { viewer: { ...buyer, companyId } })));
    expect(states).toEqual(["NOT_REQUIRED", "NOT_REQUIRED", "PENDING", "PENDING"]);
    const left = await shop.subgraph.expectData({
      query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on CompanyMembership { remainingSpend { amountMinor } } } }`,
      variables: {
        representations: [group, ...below].map((id) => ({
          ...{ __typename: "CompanyMembership", id: newId().toHexString(), user: { id: buyer.userId } },
          ...{ company: { id }, ...(id !== group && { inheritedFrom: { id: group } }), spendingPeriod: "MONTH" },
          spendingLimit: { amountMinor: 5_000, currencyCode: "EUR" },
        })),
      },
      viewer: buyer,
    });
    expect(left).toEqual({ _entities: Array.from({ length: 4 }, () => ({ remainingSpend: { amountMinor: 1_000 } })) });
  });

  it("of 20 at once in four companies, lets exactly as many pass as fit into the one limit above", async () => {
    const companies = [company, newId(), newId(), newId()].map((id) => id.toHexString());
    shop.users.rules.set(buyer.userId ?? "", { limit: euro(5_500), period: "MONTH", companyId: company.toHexString() });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => place(1, { viewer: { ...buyer, companyId: companies[n % 4] } })),
    );
    expect(answers.map(statusOf).filter((state) => state === "NOT_REQUIRED")).toHaveLength(5);
  });

  it("is refused to who does not order for the company any more, whatever the token says", async () => {
    shop.users.rules.set(buyer.userId ?? "", null);
    const { _id } = await fakeStockedProduct(shop.products.models, 5);
    const answer = await place(1, { product: _id.toHexString() });
    expect(codesOf(answer)).toEqual(["FORBIDDEN"]);
    await expect(stockOf(shop.products.models, _id)).resolves.toMatchObject({ reserved: 0 });
  });

  it("asks once for a repeated request, and gives the same order", async () => {
    allow(1_000);
    const key = newId().toHexString();
    const [first, again] = [await place(1, { key }), await place(1, { key })];
    expect(again).toEqual(first);
    expect(shop.users.asked.filter((id) => id === company.toHexString())).toHaveLength(1);
  });

  it("reads from indexes, with as many commands however much was ordered", async () => {
    allow(1_000_000);
    await place(1);
    const client = shop.resources.mongo.connection.getClient();
    const run = () => captureQueries(client, () => commandsOf(shop.resources.mongo, () => place(1)));
    const before = await run();
    for (let n = 0; n < 20; n += 1) await spent(100);
    const after = await run();
    expect(after.result.commands.length).toBe(before.result.commands.length);
    await expect(explainProblems(client, after.commands)).resolves.toEqual([]);
  });
});

describe("when users does not answer", () => {
  it("says so and sets nothing aside; the same key succeeds later", async () => {
    allow(10_000);
    const { _id } = await fakeStockedProduct(shop.products.models, 5);
    const key = newId().toHexString();
    const own = { product: _id.toHexString(), key };
    shop.users.isAway = true;
    try {
      const answer = await send(1, own.product, key, buyer);
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
      await expect(stockOf(shop.products.models, _id)).resolves.toMatchObject({ reserved: 0 });
    } finally {
      shop.users.isAway = false;
    }
    expect(statusOf(await place(1, own))).toBe("NOT_REQUIRED");
  });
});
