import { anonymousViewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { periodStart } from "../src/periods.ts";
import { euro, fakeItem, fakeOrder, fakeViewer, newId, type PlainOrder } from "./fakes.ts";
import { codesOf, startOrders } from "./start-orders.ts";

const orders = startOrders();

const companyId = newId();
const company = companyId.toHexString();
const otherCompany = newId();
const buyer = fakeViewer("customer", { companyId: company });
const colleague = fakeViewer("customer", { companyId: company });
const admin = fakeViewer("admin");
const now = new Date();
const thisMonth = periodStart("MONTH", now);
const lastYear = new Date(periodStart("YEAR", now).getTime() - 1);

/** An order of the buyer for the company, an open invoice of `amount` unless told otherwise. */
const spend = (amount: number, overrides: PlainOrder = {}) =>
  fakeOrder(orders.models, {
    customerId: buyer.id,
    companyId,
    paymentMethod: "invoice",
    orderDate: thisMonth,
    items: [fakeItem({ quantity: 1, price: euro(amount) })],
    ...overrides,
  });

beforeAll(async () => {
  await spend(1_000);
  await spend(200, { customerId: colleague.id });
  await spend(30, { orderDate: lastYear });
  await spend(4, { paymentStatus: "failed", orderDate: lastYear });
  // None of these is owed.
  await spend(100_000, { paymentStatus: "paid" });
  await spend(100_000, { status: "cancelled" });
  await spend(100_000, { paymentMethod: "card", orderDate: lastYear });
  await spend(100_000, { companyId: otherCompany });
  await spend(100_000, { totalAmount: { amount: 1, currency: "USD" } });
});

const limit = (amountMinor: number, currencyCode = "EUR") => ({ amountMinor, currencyCode });

describe("Company.availableCredit", () => {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Company { availableCredit { amountMinor currencyCode } } } }`;
  const reference = { __typename: "Company", id: company, creditLimit: limit(5_000) };

  it.each([
    ["members", buyer],
    ["staff", admin],
  ])("is the limit less open invoices, for %s", async (_, viewer) => {
    const data = await orders.subgraph.expectData({ query, variables: { representations: [reference] }, viewer });
    expect(data).toEqual({ _entities: [{ availableCredit: limit(5_000 - 1_234) }] });
  });

  it("is below zero when overdrawn, and null without a limit", async () => {
    const representations = [
      { ...reference, creditLimit: limit(1_000) },
      { ...reference, creditLimit: null },
    ];
    const data = await orders.subgraph.expectData({ query, variables: { representations }, viewer: admin });
    expect(data).toEqual({ _entities: [{ availableCredit: limit(-234) }, { availableCredit: null }] });
  });

  it.each([
    ["others", fakeViewer("customer", { companyId: otherCompany.toHexString() }), "FORBIDDEN"],
    ["suppliers", fakeViewer("supplier", { companyId: company }), "FORBIDDEN"],
    ["visitors", anonymousViewer(testTenant), "UNAUTHENTICATED"],
  ] as const)("is refused to %s", async (_, viewer, code) => {
    const answer = await orders.subgraph.execute({ query, variables: { representations: [reference] }, viewer });
    expect(answer.data).toEqual({ _entities: [{ availableCredit: null }] });
    expect(codesOf(answer)).toEqual([code]);
  });

  it("of 100 companies is one command, from an index", async () => {
    const ids = [company, ...Array.from({ length: 99 }, () => newId().toHexString())];
    const representations = ids.map((id) => ({ ...reference, id }));
    const client = orders.resources.mongo.connection.getClient();
    const { result, commands } = await captureQueries(client, () =>
      commandsOf(orders.resources.mongo, () =>
        orders.subgraph.expectData({ query, variables: { representations }, viewer: admin }),
      ),
    );
    expect(result.commands).toEqual([{ name: "aggregate", collection: "orders" }]);
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
  });
});

describe("CompanyMembership.remainingSpend", () => {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on CompanyMembership { remainingSpend { amountMinor currencyCode } } } }`;
  const membership = {
    __typename: "CompanyMembership",
    id: newId().toHexString(),
    user: { id: buyer.userId },
    company: { id: company },
    spendingPeriod: "MONTH",
    spendingLimit: limit(500_000),
  };
  const read = (viewer: typeof buyer, ...changes: object[]) =>
    orders.subgraph.expectData<{ _entities: { remainingSpend: unknown }[] }>({
      query,
      variables: { representations: changes.map((change) => ({ ...membership, ...change })) },
      viewer,
    });

  it("is the limit less the person's orders of the period", async () => {
    // In January the month is all of the year.
    const { _entities } = await read(
      buyer,
      {},
      { spendingPeriod: "YEAR" },
      { spendingPeriod: "ORDER" },
      { spendingLimit: null },
      { spendingLimit: limit(100, "USD") },
    );
    expect(_entities.map(({ remainingSpend }) => remainingSpend)).toEqual([
      limit(500_000 - 101_000),
      limit(500_000 - 101_000),
      limit(500_000),
      null,
      limit(99, "USD"),
    ]);
  });

  it("does not count the months before", async () => {
    const month = periodStart("MONTH", now);
    if (month.getTime() === periodStart("YEAR", now).getTime()) return;
    const person = newId();
    await spend(70, { customerId: person, orderDate: new Date(month.getTime() - 1) });
    const { _entities } = await read(
      admin,
      { user: { id: person.toHexString() } },
      { user: { id: person.toHexString() }, spendingPeriod: "YEAR" },
    );
    expect(_entities.map(({ remainingSpend }) => remainingSpend)).toEqual([limit(500_000), limit(499_930)]);
  });

  it.each([
    ["the person, whatever company the session is for", fakeViewer("customer", { userId: buyer.userId })],
    ["a colleague", colleague],
    ["staff", admin],
  ])("is shown to %s", async (_, viewer) => {
    expect((await read(viewer, {}))._entities[0]?.remainingSpend).toEqual(limit(399_000));
  });

  it("is refused to others", async () => {
    const viewer = fakeViewer("customer", { companyId: otherCompany.toHexString() });
    const answer = await orders.subgraph.execute({ query, variables: { representations: [membership] }, viewer });
    expect(answer.data).toEqual({ _entities: [{ remainingSpend: null }] });
    expect(codesOf(answer)).toEqual(["FORBIDDEN"]);
  });

  it("of 100 people is one command, from an index", async () => {
    const representations = Array.from({ length: 100 }, (_, index) => ({
      ...membership,
      user: { id: newId().toHexString() },
      spendingPeriod: index % 2 === 0 ? "MONTH" : "YEAR",
    }));
    const client = orders.resources.mongo.connection.getClient();
    const { result, commands } = await captureQueries(client, () =>
      commandsOf(orders.resources.mongo, () =>
        orders.subgraph.expectData({ query, variables: { representations }, viewer: admin }),
      ),
    );
    expect(result.commands).toEqual([{ name: "aggregate", collection: "orders" }]);
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
  });
});
