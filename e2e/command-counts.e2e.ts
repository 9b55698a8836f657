import { countCommands } from "@tradegraph/testkit/counted-commands";
import { type GraphClient } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoShop, type DemoShop } from "./demo.ts";
import { type Findings, findThings } from "./findings.ts";
import { countedAction, fillShop } from "./many-things.ts";

let graph: TestGraph;
let shop: DemoShop;
let found: Findings;

beforeAll(async () => {
  // What subgraphs do is looked at here, so each request must reach them.
  graph = await startGraph({ seed: true, extra: { RESPONSE_CACHE_ENABLED: "false" } });
  shop = demoShop(graph);
  found = await findThings(shop);
  await fillShop(graph, shop, found.companyId);
});

afterAll(() => graph.stop());

type List = [operation: string, as: string, variables: (found: Findings) => object];

/** Lists by operation: who asks, and variables besides the page size. */
const lists: List[] = [
  ["storefront/ProductList", "admin", () => ({})],
  ["storefront/Search", "admin", () => ({ text: "steel" })],
  ["storefront/CategoryPage", "admin", ({ product }) => ({ slug: "fasteners-0", categoryId: product.categoryId })],
  ["storefront/MyOrders", "admin", () => ({})],
  ["storefront/MyQuotes", "admin", () => ({})],
  ["storefront/CompanyMembers", "company admin", ({ companyId }) => ({ id: companyId })],
  ["backoffice/Companies", "admin", () => ({})],
  ["backoffice/Stock", "admin", () => ({})],
  ["backoffice/Partners", "admin", () => ({})],
  // Entries of the same people and things, whatever this test itself leaves in the log.
  ["backoffice/AuditLog", "admin", () => ({ filter: { action: countedAction } })],
];

/** The first request of a session makes users look it up, and all know it from then on. */
async function warm<T extends GraphClient>(caller: T): Promise<T> {
  await caller.expectData("{ me { id } }");
  return caller;
}

/** Length of the longest page; one inside a list has ten at most. */
const nodesIn = (value: unknown): number =>
  typeof value !== "object" || value === null
    ? 0
    : Math.max(
        ...Object.entries(value).map(([name, part]) =>
          ["nodes", "edges"].includes(name) && Array.isArray(part) ? part.length : nodesIn(part),
        ),
        0,
      );

describe("database commands of an operation", () => {
  it.each(lists)("of %s do not grow with the page", async (operation, as, variables) => {
    const [client = "", name = ""] = operation.split("/");
    const caller = await warm(await shop.as(as));
    let answer: unknown;
    const run = (first: number) =>
      countCommands(graph.graph, async () => {
        answer = await caller.operation(name, { ...variables(found), first }, client);
      });
    const small = await run(5);
    expect(await run(50)).toEqual(small);
    expect(Object.keys(small).length).toBeGreaterThan(0);
    expect(nodesIn(answer)).toBeGreaterThan(10);
  });

  it("of a person's sessions do not grow with them", async () => {
    const caller = await warm(await shop.as("approver"));
    const run = () => countCommands(graph.graph, () => caller.operation("Sessions"));
    const small = await run();
    for (let n = 0; n < 5; n += 1) await shop.as("approver");
    expect(await run()).toEqual(small);
    const { sessions } = await caller.operation<{ sessions: unknown[] }>("Sessions");
    expect(sessions.length).toBeGreaterThan(5);
  });

  it("of a company's invitations do not grow with them", async () => {
    const caller = await warm(await shop.as("company admin"));
    const run = () => countCommands(graph.graph, () => caller.operation("CompanyInvitations", { id: found.companyId }));
    const invite = async (from: number, to: number) => {
      for (let n = from; n < to; n += 1) {
        const input = { companyId: found.companyId, email: `counted-${n}@alpenmarkt.example`, role: "BUYER" };
        await caller.operation("CompanyMemberInvite", { input });
      }
    };
    await invite(0, 1);
    const small = await run();
    await invite(1, 8);
    expect(await run()).toEqual(small);
  });

  it("of products with supplier, category, reviews and stock are at most eight", async () => {
    const counts = await countCommands(graph.graph, () => shop.visitor.operation("ProductList", { first: 50 }));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(8);
  });
});
