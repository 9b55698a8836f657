import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { euro, fakeItem, fakeOrder, fakePayment, fakeViewer, newId } from "./fakes.ts";
import { codesOf, startOrders } from "./start-orders.ts";

const orders = startOrders();

const companyId = newId();
const company = companyId.toHexString();
const buyer = fakeViewer("customer", { companyId: company, scopes: ["orders:place"] });
const approver = fakeViewer("customer", { companyId: company, scopes: ["orders:place", "orders:read-all"] });
const supplier = fakeViewer("supplier");
const admin = fakeViewer("admin");

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + Math.floor(n / 3)));
const states = ["pending", "confirmed", "shipped", "delivered", "cancelled"] as const;

beforeAll(async () => {
  // 30 orders of the company, every second one the buyer's, three of each day, two with the same total.
  for (let n = 0; n < 30; n += 1) {
    const order = await fakeOrder(orders.models, {
      customerId: n % 2 === 0 ? buyer.id : approver.id,
      companyId,
      status: states[n % states.length],
      paymentStatus: n % 3 === 0 ? "paid" : "unpaid",
      orderDate: day(n),
      items: [
        fakeItem({
          quantity: 1,
          price: euro(100 * Math.floor(n / 2)),
          supplierId: n % 5 === 0 ? supplier.id : newId(),
        }),
      ],
    });
    await fakePayment(orders.models, order);
  }
  await fakeOrder(orders.models);
  await fakeOrder(orders.models, { customerId: buyer.id, companyId }, "other-shop");
});

interface Page {
  orders: {
    totalCount: number;
    nodes: { id: string; status: string; orderDate: string; totalAmount: { amountMinor: number } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  };
}

const list = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: OrderFilter, $sort: OrderSort) {
  orders(first: $first, after: $after, last: $last, before: $before, filter: $filter, sort: $sort) {
    totalCount nodes { id status orderDate totalAmount { amountMinor } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

const pageOf = async (viewer: Viewer, variables: object = {}) =>
  (await orders.subgraph.expectData<Page>({ query: list, variables: { ...variables }, viewer })).orders;

describe("orders", () => {
  it.each([
    ["a buyer the own ones", buyer, 15],
    ["an approver all of the company", approver, 30],
    ["a supplier those with lines of its own", supplier, 6],
    ["staff all of the shop", admin, 31],
    ["a stranger none", fakeViewer("customer"), 0],
  ] as const)("shows %s", async (_, viewer, count) => {
    const page = await pageOf(viewer, { first: 100 });
    expect(page.totalCount).toBe(count);
    expect(page.nodes).toHaveLength(count);
  });

  it("asks visitors to sign in", async () => {
    const answer = await orders.subgraph.execute({ query: list, viewer: anonymousViewer(testTenant) });
    expect(answer.data).toEqual({ orders: null });
    expect(codesOf(answer)).toEqual(["UNAUTHENTICATED"]);
  });

  it("gives the newest first unless asked otherwise", async () => {
    const { nodes } = await pageOf(approver, { first: 100 });
    const dates = nodes.map(({ orderDate }) => orderDate);
    expect(dates).toEqual(dates.toSorted().reverse());
  });

  it("filters by states, payment and time", async () => {
    const late = await pageOf(approver, { first: 100, filter: { statuses: ["SHIPPED", "DELIVERED"] } });
    expect(late.totalCount).toBe(12);
    expect(new Set(late.nodes.map(({ status }) => status))).toEqual(new Set(["SHIPPED", "DELIVERED"]));
    expect((await pageOf(approver, { filter: { paymentStatus: "PAID" } })).totalCount).toBe(10);
    const span = { from: day(3).toISOString(), to: day(9).toISOString() };
    expect((await pageOf(approver, { filter: span })).totalCount).toBe(6);
  });

  const sorts = ["ORDER_DATE", "TOTAL_AMOUNT"].flatMap((key) =>
    ["ASC", "DESC"].map((direction) => ({ key, direction })),
  );

  it.each(sorts)("walks every order once by %j, both ways", async (sort) => {
    const all = (await pageOf(approver, { first: 100, sort })).nodes.map(({ id }) => id);
    expect(new Set(all).size).toBe(30);
    const walk = async (size: "first" | "last", cursor: "after" | "before") => {
      const seen: string[] = [];
      let at: string | undefined;
      do {
        const { nodes, pageInfo } = await pageOf(approver, { [size]: 7, [cursor]: at, sort });
        const ids = nodes.map(({ id }) => id);
        if (size === "first") seen.push(...ids);
        else seen.unshift(...ids);
        at = size === "first" ? pageInfo.endCursor : pageInfo.startCursor;
        if (!(size === "first" ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return seen;
      } while (seen.length < 100);
      return seen;
    };
    await expect(walk("first", "after")).resolves.toEqual(all);
    await expect(walk("last", "before")).resolves.toEqual(all);
  });

  it("keeps others' sums from suppliers, in the order of lists too", async () => {
    const answer = await orders.subgraph.execute({
      query: list,
      variables: { sort: { key: "TOTAL_AMOUNT" } },
      viewer: supplier,
    });
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
  });

  it.each([
    { first: 0 },
    { first: 1_000_000_000 },
    { first: 1, last: 1 },
    { after: "nonsense" },
    { filter: { statuses: [] } },
    { filter: { statuses: Array.from({ length: 6 }, () => "PENDING") } },
    { sort: { key: "NONSENSE" } },
    { filter: { from: "yesterday" } },
  ])("refuses %j", async (variables) => {
    const answer = await orders.subgraph.execute({ query: list, variables, viewer: buyer });
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
  });

  it("refuses the cursor of another list", async () => {
    const { pageInfo } = await pageOf(approver, { first: 1 });
    for (const viewer of [buyer, admin]) {
      const variables = { after: pageInfo.endCursor };
      const answer = await orders.subgraph.execute({ query: list, variables, viewer });
      expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
    }
  });

  it("runs as many commands for 30 orders as for 3", async () => {
    const query = `query ($first: Int) { orders(first: $first) {
      nodes { id customer { id } items { product { id } } payments { id } } } }`;
    for (const first of [3, 30]) {
      const { commands } = await commandsOf(orders.resources.mongo, () =>
        orders.subgraph.expectData({ query, variables: { first }, viewer: approver }),
      );
      expect(commands.map(({ collection }) => collection)).toEqual(["orders", "payments"]);
    }
  });

  it("answers every filter, sort and viewer from an index, sorted by it", async () => {
    const filters = [
      {},
      { statuses: ["PENDING"] },
      { statuses: ["PENDING", "SHIPPED", "CANCELLED"], paymentStatus: "UNPAID" },
      { paymentStatus: "PAID" },
      { from: day(1).toISOString(), to: day(20).toISOString() },
      { statuses: ["PENDING", "CONFIRMED"], from: day(1).toISOString() },
      { awaitsApproval: true },
      { awaitsApproval: false, paymentStatus: "PAID" },
    ];
    const client = orders.resources.mongo.connection.getClient();
    const { commands } = await captureQueries(client, async () => {
      for (const viewer of [buyer, approver, admin, supplier]) {
        for (const filter of filters) {
          for (const sort of sorts.filter(({ key }) => viewer !== supplier || key === "ORDER_DATE")) {
            const { pageInfo } = await pageOf(viewer, { first: 2, filter, sort });
            if (pageInfo.endCursor) await pageOf(viewer, { first: 2, after: pageInfo.endCursor, filter, sort });
            await pageOf(viewer, { last: 2, filter, sort });
          }
        }
      }
    });
    expect(commands.length).toBeGreaterThan(200);
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
  });
});

describe("User.orders", () => {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on User { orders(first: 5) { totalCount nodes { number } } } } }`;
  const representations = [{ __typename: "User", id: buyer.userId }];

  it.each([
    ["the person", buyer, 15],
    ["staff", admin, 15],
  ] as const)("is shown to %s", async (_, viewer, totalCount) => {
    const data = await orders.subgraph.expectData({ query, variables: { representations }, viewer });
    expect(data).toMatchObject({ _entities: [{ orders: { totalCount, nodes: { length: 5 } } }] });
  });

  it.each([
    ["a colleague", approver, "FORBIDDEN"],
    ["a supplier", supplier, "FORBIDDEN"],
    ["a visitor", anonymousViewer(testTenant), "UNAUTHENTICATED"],
  ] as const)("is refused to %s", async (_, viewer, code) => {
    const answer = await orders.subgraph.execute({ query, variables: { representations }, viewer });
    expect(answer.data).toEqual({ _entities: [{ orders: null }] });
    expect(codesOf(answer)).toEqual([code]);
  });

  it("is at most 10 long inside a list", async () => {
    const many = [...representations, { __typename: "User", id: newId().toHexString() }];
    const answer = await orders.subgraph.execute({
      query: query.replace("first: 5", "first: 11"),
      variables: { representations: many },
      viewer: admin,
    });
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT", "BAD_USER_INPUT"]);
  });
});

describe("Company.orders", () => {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Company { orders(filter: { statuses: [PENDING, CONFIRMED, SHIPPED, DELIVERED, CANCELLED] }) { totalCount } } } }`;
  const representations = [{ __typename: "Company", id: company }];

  it.each([
    ["all to members with the permission", approver, 30],
    ["their own to other members", buyer, 15],
    ["all to staff", admin, 30],
  ] as const)("shows %s", async (_, viewer, totalCount) => {
    const data = await orders.subgraph.expectData({ query, variables: { representations }, viewer });
    expect(data).toEqual({ _entities: [{ orders: { totalCount } }] });
  });

  it.each([
    ["members of another", fakeViewer("customer", { companyId: newId().toHexString(), scopes: ["orders:read-all"] })],
    ["suppliers", fakeViewer("supplier", { companyId: company, scopes: ["orders:read-all"] })],
  ])("is refused to %s", async (_, viewer) => {
    const answer = await orders.subgraph.execute({ query, variables: { representations }, viewer });
    expect(answer.data).toEqual({ _entities: [{ orders: null }] });
    expect(codesOf(answer)).toEqual(["FORBIDDEN"]);
  });
});
