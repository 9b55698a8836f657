import { countCommands } from "@tradegraph/testkit/counted-commands";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoShop, type DemoShop } from "./demo.ts";
import { type Findings, findThings } from "./findings.ts";

let graph: TestGraph;
let shop: DemoShop;
let found: Findings;

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  shop = demoShop(graph);
  found = await findThings(shop);
});

afterAll(() => graph.stop());

/** Lists by operation: who asks, and variables besides the page size. */
const lists: [operation: string, as: string, variables: (found: Findings) => object][] = [
  ["storefront/ProductList", "admin", () => ({})],
  ["storefront/Search", "admin", () => ({ text: "steel" })],
  ["storefront/CategoryPage", "admin", ({ product }) => ({ slug: "fasteners-0", categoryId: product.categoryId })],
  ["storefront/MyOrders", "admin", () => ({})],
  ["storefront/MyQuotes", "admin", () => ({})],
  ["backoffice/Companies", "admin", () => ({})],
  ["backoffice/Stock", "admin", () => ({})],
];

describe("database commands of an operation", () => {
  it.each(lists)("of %s do not grow with the page", async (operation, as, variables) => {
    const [client = "", name = ""] = operation.split("/");
    const caller = await shop.as(as);
    const run = (first: number) =>
      countCommands(graph.graph, () => caller.operation(name, { ...variables(found), first }, client));
    const small = await run(5);
    expect(await run(50)).toEqual(small);
    expect(Object.keys(small).length).toBeGreaterThan(0);
  });

  it("of products with supplier, category, reviews and stock are at most eight", async () => {
    const counts = await countCommands(graph.graph, () => shop.visitor.operation("ProductList", { first: 50 }));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(8);
  });
});
