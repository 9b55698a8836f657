// The cache policy of our own schema beside the rules of the subgraphs, and on what the planner really asks for.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { permissions as content } from "@tradegraph/content/permissions";
import { type EntityPart, type RootPart } from "@tradegraph/gateway/cache/policy/cache-policy";
import { publicCoordinates } from "@tradegraph/gateway/cache/policy/public-coordinates";
import { rulesOf } from "@tradegraph/gateway/cache/rules-of";
import { cacheSettings } from "@tradegraph/gateway/cache/settings";
import { agedPlaces, createSubgraphCachePolicies } from "@tradegraph/gateway/cache/policy/subgraph-cache-policies";
import { allow, type PermissionMap, type Rule } from "@tradegraph/kit/permissions";
import { permissions as orders } from "@tradegraph/orders/permissions";
import { permissions as products } from "@tradegraph/products/permissions";
import { permissions as users } from "@tradegraph/users/permissions";
import { parse } from "graphql";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createPlanner } from "./planned-fetches.ts";
import { checkedCacheManifest } from "./policy.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(resolve(root, "schema", path), "utf8");
const rules: Record<string, PermissionMap> = { content, orders, products, users };
const manifest = checkedCacheManifest(
  new Map(Object.keys(rules).map((name) => [name, parse(read(`subgraphs/${name}.graphql`))])),
);
const policies = createSubgraphCachePolicies(manifest);
const planner = await createPlanner(read("generated/supergraph.graphql"));
afterAll(() => planner.stop());

/** Fields with a rule of their own that say the same to everybody where an answer for everybody shows them. */
const sameForAll: Record<string, string> = {
  "content: Review.author": "only approved reviews come to visitors, and those are for everybody",
  "content: Review.title": "as the author",
  "content: Review.body": "as the author",
};

function ruleOf(subgraph: string, coordinate: string): Rule | undefined {
  const [typeName = "", field = ""] = coordinate.split(".");
  const given = rules[subgraph]?.[typeName];
  if (given === undefined || "resolve" in given || (given as unknown) === allow) return given as Rule | undefined;
  return given[field] ?? given["*"];
}

describe("what is kept for everybody", () => {
  it("is allowed to everybody, but for a list with reasons", () => {
    const guarded = Object.entries(manifest).flatMap(([subgraph, part]) =>
      [...publicCoordinates(part)].flatMap((coordinate) =>
        ruleOf(subgraph, coordinate) === allow ? [] : [`${subgraph}: ${coordinate}`],
      ),
    );
    expect(guarded.sort()).toEqual(Object.keys(sameForAll).sort());
  });

  it("is what a visitor of the shop needs", () => {
    const all = Object.entries(manifest).flatMap(([name, part]) =>
      [...publicCoordinates(part)].map((coordinate) => `${name}: ${coordinate}`),
    );
    expect(all.length).toBeGreaterThan(100);
    const open = [
      "products: Product.price",
      "products: Query.storesNear",
      "content: Page.body",
      "users: User.sellerProfile",
    ];
    expect(all).toEqual(expect.arrayContaining(open));
  });

  it.each([
    ["users: User.email"],
    ["users: User.firstName"],
    ["users: User.phone"],
    ["users: Query.me"],
    ["orders: Query.cart"],
    ["orders: Cart.id"],
    ["orders: CartLine.quantity"],
    ["products: Product.inventory"],
    ["products: PriceList.name"],
    ["content: Query.node"],
  ])("is not %s", (name) => {
    const [subgraph = "", coordinate = ""] = name.split(": ");
    expect(publicCoordinates(manifest[subgraph]!)).not.toContain(coordinate);
  });

  it("names no type that clients could see", () => {
    expect(read("generated/api.graphql")).not.toMatch(/Cache(Control|Dimension|Audience|Wait|Tag)/i);
  });
});

interface AskedPart {
  subgraph: string;
  /** Undefined where nothing of a fetch is kept. */
  part: RootPart | EntityPart | undefined;
}

async function partsOf(operation: string): Promise<AskedPart[]> {
  return (await planner.plan(operation)).flatMap(({ subgraph, operation: text }): AskedPart[] => {
    const found = policies.get(subgraph)?.policyOf(text) ?? { kind: "none" };
    if (found.kind === "none") return [{ subgraph, part: undefined }];
    const parts = found.kind === "roots" ? found.parts : [...found.byType.values()];
    return parts.map((part) => ({ subgraph, part }));
  });
}

describe("what the planner asks for", () => {
  const planned: [string, string, object][] = [
    [
      '{ product(by: { sku: "A" }) { id name } }',
      "products",
      { maxAge: 3600, bypass: ["STAFF", "SUPPLIER"], vary: [] },
    ],
    ["{ products(first: 3) { nodes { id name } } }", "products", { maxAge: 300, bypass: [], swr: 60 }],
    ["{ products(first: 3) { nodes { price { amount } } } }", "products", { maxAge: 300, vary: ["COMPANY"], sie: 0 }],
    ["{ products(first: 3) { nodes { stock { available } } } }", "products", { maxAge: 60, swr: 0, sie: 0 }],
    ['{ category(by: { slug: "a" }) { products { nodes { id } } } }', "products", { maxAge: 300 }],
    ['{ category(by: { slug: "a" }) { name ancestors { name } } }', "products", { maxAge: 3600, negative: 60 }],
    ['{ page(slug: "a") { title } }', "content", { maxAge: 3600, sie: 86_400, negative: 60 }],
    ["{ heroSlides { title } }", "content", { maxAge: 3600, bypass: ["STAFF"] }],
    ["{ reviews(productId: 1) { nodes { body author { id } } } }", "content", { maxAge: 300, bypass: [] }],
    ["{ me { id firstName } }", "users", { maxAge: 60, scope: "PRIVATE" }],
    ["{ cart { id lines { quantity } company { id } } }", "orders", { maxAge: 30, scope: "PRIVATE" }],
  ];
  it.each(planned)("%s", async (operation, subgraph, expected) => {
    const [first] = await partsOf(operation);
    expect(first?.subgraph).toBe(subgraph);
    expect(first?.part?.policy).toMatchObject(expected);
  });

  it.each([
    ['{ node(id: "x") { id } }'],
    ["{ product(by: { id: 1 }) { inventory { onHand } } }"],
    ["{ priceLists { nodes { name } } }"],
    ["{ me { phone } }"],
    ["{ me { address { city } } }"],
    ["{ me { memberships { role } } }"],
    ["{ user(id: 1) { id } }"],
    ["{ users { nodes { id } } }"],
    ["{ companies { nodes { id } } }"],
    ["{ orders { nodes { id } } }"],
    ["{ sessions { id } }"],
  ])("keeps nothing of %s but things by their id", async (operation) => {
    const [first] = await partsOf(operation);
    expect(first?.part).toBeUndefined();
  });

  it("is split by type where things of several come by id", async () => {
    const parts = await partsOf(
      '{ node(id: "x") { ... on Product { name } ... on Review { body } ... on Store { city } } }',
    );
    const names = parts.map(({ subgraph, part }) => [subgraph, part && "typeName" in part ? part.typeName : "none"]);
    expect(names.sort()).toEqual([
      ["content", "none"],
      ["products", "Product"],
      ["products", "Store"],
    ]);
  });
});

it("has times that settings can change", () => {
  const env = { CACHE_PRODUCT_TTL: "10", CACHE_SEARCH_TTL: "5" };
  const settings = z.object(cacheSettings(true)).parse(env);
  const { ttlOverrides = {} } = rulesOf({ ...settings, REDIS_NAMESPACE: "test" });
  const changed = createSubgraphCachePolicies(manifest, ttlOverrides);
  const maxAge = (text: string) => {
    const found = changed.get("products")?.policyOf(text);
    return found?.kind === "roots" ? found.parts[0]?.policy.maxAge : undefined;
  };
  expect(maxAge("{ product(by: {id: 1}) { name } }")).toBe(10);
  expect(maxAge("{ products { nodes { name } } }")).toBe(5);
  expect(maxAge("{ category(by: {id: 1}) { products { nodes { id } } } }")).toBe(5);
  for (const name of Object.keys(ttlOverrides)) expect([name, agedPlaces(manifest, name)]).not.toEqual([name, []]);
});

it("tells tags that operators can guess", async () => {
  const [page] = await partsOf('{ page(slug: "terms") { title } }');
  expect(page?.part?.tagsOf({})).toEqual(["key:content:pages", "key:content:page-terms"]);
});
