import { Kind, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { findVisits } from "./visits.ts";

const shop = {
  products: { nodes: [{ sku: "A-1", name: "Steel Bolt" }] },
  categories: { nodes: [{ id: "c1", slug: "bolts" }] },
};
const find = (data: object) => findVisits(() => Promise.resolve({ data: data as Record<string, unknown> }));

describe("findVisits", () => {
  it("asks for what the shop has, in the shares of a hundred visitors", async () => {
    const visits = await find(shop);
    const count = (name: string) => visits.filter((visit) => visit.name === name).length;
    expect(visits).toHaveLength(100);
    expect([count("ProductPage"), count("CategoryPage"), count("Search")]).toEqual([40, 20, 15]);
    const bodies = visits.map(({ body }) => JSON.parse(body) as { variables: object });
    expect(bodies.map(({ variables }) => variables)).toContainEqual({ sku: "A-1" });
    expect(bodies.map(({ variables }) => variables)).toContainEqual({ slug: "bolts", categoryId: "c1" });
  });

  it("mixes the kinds, so that a short run has all of them", async () => {
    const first = (await find(shop)).slice(0, 20);
    expect(new Set(first.map(({ name }) => name)).size).toBe(5);
  });

  it("never sends a mutation", async () => {
    const kinds = (await find(shop)).flatMap(({ body }) => {
      const { definitions } = parse((JSON.parse(body) as { query: string }).query);
      return definitions.map((one) => (one.kind === Kind.OPERATION_DEFINITION ? one.operation : one.kind));
    });
    expect(new Set(kinds)).toEqual(new Set(["query", Kind.FRAGMENT_DEFINITION]));
  });

  it("refuses an empty shop: answers of nothing are quick and say nothing", async () => {
    await expect(find({ ...shop, products: { nodes: [] } })).rejects.toThrow(/nothing to ask for/);
  });
});
