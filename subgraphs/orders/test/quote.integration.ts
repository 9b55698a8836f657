import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { type QuoteDocument } from "../src/models/quote.ts";
import { euro, fakeQuote, fakeViewer, newId } from "./fakes.ts";
import { codesOf, startOrders } from "./start-orders.ts";

const orders = startOrders();

const companyId = newId();
const company = companyId.toHexString();
const asker = fakeViewer("customer", { companyId: company });
const approver = fakeViewer("customer", { companyId: company, scopes: ["orders:read-all"] });
const admin = fakeViewer("admin");
const viewers: Record<string, Viewer> = {
  asker,
  approver,
  admin,
  colleague: fakeViewer("customer", { companyId: company }),
  stranger: fakeViewer("customer", { companyId: newId().toHexString(), scopes: ["orders:read-all"] }),
  supplier: fakeViewer("supplier"),
  visitor: anonymousViewer(testTenant),
  elsewhere: fakeViewer("admin", { tenantId: "other-shop" }),
};
const mayRead = ["asker", "approver", "admin"];

let quote: QuoteDocument;

beforeAll(async () => {
  quote = await fakeQuote(orders.models, {
    customerId: asker.id,
    companyId,
    status: "offered",
    lines: [{ _id: newId(), productId: newId(), quantity: 10, offeredPrice: euro(90) }],
    total: euro(900),
    messages: [{ authorId: asker.id, body: "How much?", at: new Date() }],
    validUntil: new Date("2026-12-31T00:00:00Z"),
  });
  for (let n = 0; n < 3; n += 1) await fakeQuote(orders.models, { customerId: approver.id, companyId });
  await fakeQuote(orders.models);
});

const query = `query ($id: ID!) { quote(id: $id) { id nodeId number status customer { id } company { id } total { amount }
  lines { id product { id } quantity offeredPrice { amount } } messages { author { id } body at } validUntil createdAt } }`;
const entities =
  "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Quote { id } } }";
const list =
  "query ($first: Int, $after: String) { quotes(first: $first, after: $after) { totalCount nodes { id createdAt } pageInfo { endCursor } } }";

describe("quote", () => {
  it("gives all its fields", async () => {
    const data = await orders.subgraph.expectData({
      query,
      variables: { id: quote._id.toHexString() },
      viewer: asker,
    });
    expect(data).toMatchObject({
      quote: {
        number: quote.number,
        status: "OFFERED",
        customer: { id: asker.userId },
        company: { id: company },
        total: { amount: "9.00" },
        lines: [{ quantity: 10, offeredPrice: { amount: "0.90" } }],
        messages: [{ author: { id: asker.userId }, body: "How much?" }],
        validUntil: "2026-12-31T00:00:00.000Z",
      },
    });
  });

  it.each(Object.keys(viewers))("is shown to %s only when theirs, by query and by reference", async (name) => {
    const viewer = viewers[name];
    if (!viewer) throw new Error("unreachable");
    const id = quote._id.toHexString();
    const direct = await orders.subgraph.execute<{ quote: unknown }>({ query, variables: { id }, viewer });
    const { _entities } = await orders.subgraph.expectData<{ _entities: unknown[] }>({
      query: entities,
      variables: { representations: [{ __typename: "Quote", id }] },
      viewer,
    });
    expect([direct.data?.quote, _entities[0]].map((found) => found !== null)).toEqual(
      [1, 2].map(() => mayRead.includes(name)),
    );
    const refused: Record<string, string[]> = { supplier: ["FORBIDDEN"], visitor: ["UNAUTHENTICATED"] };
    expect(codesOf(direct)).toEqual(refused[name] ?? []);
  });

  it("refuses an id that is none", async () => {
    const answer = await orders.subgraph.execute({ query, variables: { id: "nonsense" }, viewer: asker });
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
  });

  it("resolves 100 references with one command", async () => {
    const made = await Promise.all(Array.from({ length: 100 }, () => fakeQuote(orders.models, {}, "many-quotes")));
    const representations = made.map(({ _id }) => ({ __typename: "Quote", id: _id.toHexString() }));
    const { commands } = await commandsOf(orders.resources.mongo, () =>
      orders.subgraph.expectData({
        query: entities,
        variables: { representations },
        viewer: fakeViewer("admin", { tenantId: "many-quotes" }),
      }),
    );
    expect(commands).toEqual([{ name: "find", collection: "quotes" }]);
  });
});

describe("quotes", () => {
  it.each([
    ["the own ones", asker, 1],
    ["all of the company with the permission", approver, 4],
    ["all of the shop to staff", admin, 5],
  ] as const)("shows %s", async (_, viewer, totalCount) => {
    const data = await orders.subgraph.expectData({ query: list, viewer });
    expect(data).toMatchObject({ quotes: { totalCount, nodes: { length: totalCount } } });
  });

  it("is refused to suppliers, who do not ask", async () => {
    expect(codesOf(await orders.subgraph.execute({ query: list, viewer: fakeViewer("supplier") }))).toEqual([
      "FORBIDDEN",
    ]);
  });

  it("walks every quote once, newest first, from an index", async () => {
    const seen: string[] = [];
    const client = orders.resources.mongo.connection.getClient();
    const { commands } = await captureQueries(client, async () => {
      for (const viewer of [asker, admin, approver]) {
        seen.length = 0;
        let after: string | undefined;
        for (let page = 0; page < 5; page += 1) {
          const { quotes } = await orders.subgraph.expectData<{
            quotes: { nodes: { id: string; createdAt: string }[]; pageInfo: { endCursor: string | null } };
          }>({ query: list, variables: { first: 1, after }, viewer });
          seen.push(...quotes.nodes.map(({ createdAt, id }) => `${createdAt} ${id}`));
          after = quotes.pageInfo.endCursor ?? after;
        }
      }
    });
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(4);
    expect(seen).toEqual(seen.toSorted().reverse());
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
  });

  it.each([{ first: 0 }, { first: 1_000_000_000 }, { after: "nonsense" }])("refuses %j", async (variables) => {
    const answer = await orders.subgraph.execute({ query: list, variables, viewer: asker });
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
  });
});
