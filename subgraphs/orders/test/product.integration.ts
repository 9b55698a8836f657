import { commandsOf } from "@tradegraph/testkit/command-counter";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { beforeAll, describe, expect, it } from "vitest";
import { fakeItem, fakeOrder, newId } from "./fakes.ts";
import { codesOf, startOrders } from "./start-orders.ts";

const orders = startOrders();

const [popular, once, calledOff, foreign, never] = [newId(), newId(), newId(), newId(), newId()];
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

const ordered = (productId: typeof popular, quantity: number, days: number, status: "delivered" | "cancelled") =>
  fakeOrder(orders.models, {
    items: [fakeItem({ productId, quantity }), fakeItem({ quantity: 1_000 })],
    orderDate: daysAgo(days),
    status,
  });

beforeAll(async () => {
  await ordered(popular, 1, 10, "delivered");
  await ordered(popular, 20, 50, "delivered");
  await ordered(popular, 300, 200, "delivered");
  await ordered(popular, 4_000, 400, "delivered");
  await ordered(popular, 50_000, 1, "cancelled");
  await ordered(once, 7, 500, "delivered");
  await ordered(calledOff, 7, 5, "cancelled");
  await fakeOrder(orders.models, { items: [fakeItem({ productId: foreign })] }, "other-shop");
});

const query = `query ($representations: [_Any!]!, $days: Int) { _entities(representations: $representations) {
  ... on Product { lastOrderedAt orderedQuantity(days: $days) } } }`;
const referencesTo = (...ids: { toHexString: () => string }[]) =>
  ids.map((id) => ({ __typename: "Product", id: id.toHexString() }));

interface Demand {
  _entities: { lastOrderedAt: string | null; orderedQuantity: number }[];
}

const demandOf = async (id: typeof popular, days?: number) =>
  (await orders.subgraph.expectData<Demand>({ query, variables: { representations: referencesTo(id), days } }))
    ._entities[0];

describe("Product", () => {
  it("counts the units of a span, without what was called off", async () => {
    expect((await demandOf(popular))?.orderedQuantity).toBe(21);
    expect((await demandOf(popular, 30))?.orderedQuantity).toBe(1);
    expect((await demandOf(popular, 365))?.orderedQuantity).toBe(321);
  });

  it("tells when it was last ordered, however long ago", async () => {
    expect((await demandOf(popular))?.lastOrderedAt?.slice(0, 10)).toBe(daysAgo(10).toISOString().slice(0, 10));
    expect((await demandOf(once))?.lastOrderedAt?.slice(0, 10)).toBe(daysAgo(500).toISOString().slice(0, 10));
  });

  it.each([
    ["called off", calledOff],
    ["ordered in another shop only", foreign],
    ["never ordered", never],
  ])("has no demand when %s", async (_, id) => {
    await expect(demandOf(id)).resolves.toEqual({ lastOrderedAt: null, orderedQuantity: 0 });
  });

  it.each([0, 366, -1])("refuses %i days", async (days) => {
    const variables = { representations: referencesTo(popular), days };
    const answer = await orders.subgraph.execute({ query, variables });
    expect(answer.data).toMatchObject({ _entities: [{ orderedQuantity: null }] });
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
  });

  it("reads 100 products, and spans of two lengths, with one command each, from an index", async () => {
    const representations = referencesTo(popular, once, ...Array.from({ length: 98 }, newId));
    const client = orders.resources.mongo.connection.getClient();
    const { result, commands } = await captureQueries(client, () =>
      commandsOf(orders.resources.mongo, () =>
        orders.subgraph.expectData<{ _entities: Record<string, unknown>[] }>({
          query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product {
            lastOrderedAt month: orderedQuantity(days: 30) year: orderedQuantity(days: 365) } } }`,
          variables: { representations },
        }),
      ),
    );
    expect(result.commands).toEqual([
      { name: "aggregate", collection: "orders" },
      { name: "aggregate", collection: "orders" },
    ]);
    expect(result.result._entities[0]).toMatchObject({ month: 1, year: 321 });
    expect(result.result._entities[99]).toEqual({ lastOrderedAt: null, month: 0, year: 0 });
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
  });

  it("has no demand under an id that is none", async () => {
    const representations = [{ __typename: "Product", id: "nonsense" }];
    await expect(orders.subgraph.expectData({ query, variables: { representations } })).resolves.toEqual({
      _entities: [{ lastOrderedAt: null, orderedQuantity: 0 }],
    });
  });
});
