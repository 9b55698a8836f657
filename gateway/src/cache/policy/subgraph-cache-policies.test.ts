import { validate, buildSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { itemSdl as sdl, shopManifest } from "../../../test/cache-sdl.ts";
import { type CachePolicy, type FetchPolicy } from "./cache-policy.ts";
import { createSubgraphCachePolicies, type TtlOverrides } from "./subgraph-cache-policies.ts";

const policies = (overrides?: TtlOverrides) => createSubgraphCachePolicies(shopManifest(sdl), overrides).get("shop");
const shop = policies()!;
const roots = (text: string, from = shop) => {
  const found = from.policyOf(text);
  if (found.kind !== "roots") throw new Error(`${text} is ${found.kind}`);
  return found;
};
const policyOf = (text: string) => roots(text).parts[0]?.policy;
const policy = (given: Partial<CachePolicy>): CachePolicy => ({
  ...{ maxAge: 600, scope: "PUBLIC", vary: [], bypass: [], swr: 60, sie: 900, negative: 30 },
  ...given,
});

describe("the policy of a root field", () => {
  it.each<[string, Partial<CachePolicy>]>([
    ["{ item(id: 1) { id name } }", {}],
    ["{ item(id: 1) { __typename } }", {}],
    ["{ item(id: 1) { price } }", { sie: 0, vary: ["COMPANY"] }],
    ["{ item(id: 1) { ...F } } fragment F on Item { ... on Item { ... { price } } }", { sie: 0, vary: ["COMPANY"] }],
    ["query($y: Boolean!) { item(id: 1) { id price @skip(if: $y) } }", { sie: 0, vary: ["COMPANY"] }],
    // Whoever has a maxAge of its own and no grace gives none.
    ["{ item(id: 1) { stock } }", { maxAge: 10, swr: 0, sie: 0, negative: 10 }],
    ["{ item(id: 1) { note } }", { scope: "PRIVATE" }],
    ["{ item(id: 1) { note open } }", { scope: "PRIVATE" }],
    ["{ owned { __typename } }", { maxAge: 50, swr: 0, sie: 0, negative: 0, vary: ["COMPANY"] }],
    ["{ item(id: 1) { owner { name } } }", { maxAge: 100, swr: 0, sie: 0, vary: ["COMPANY"] }],
    ["{ item(id: 1) { shelf { name } } }", { bypass: ["STAFF"] }],
    ["{ items { id } }", { maxAge: 300, swr: 30 }],
    ["{ mine { id } }", { maxAge: 20, scope: "PRIVATE", negative: 20 }],
    ["{ short }", { maxAge: 5, swr: 0, sie: 0, negative: 0 }],
    ["{ staffSees { id } }", { bypass: ["PARTNER", "STAFF"] }],
    ["{ thing { name } }", { maxAge: 50, swr: 0, sie: 0, negative: 0 }],
    ["{ thing { ... on Item { stock } } }", { maxAge: 10, swr: 0, sie: 0, negative: 0 }],
    ["{ thing { ... on Shelf { name } } }", { maxAge: 50, swr: 0, sie: 0, negative: 0 }],
    [
      "{ any { ... on Thing { name } ... on Item { price } } }",
      { maxAge: 50, swr: 0, sie: 0, negative: 0, vary: ["COMPANY"] },
    ],
  ])("%s", (text, expected) => {
    expect(policyOf(text)).toEqual(policy(expected));
  });

  it.each([
    ["{ hello }"],
    ["{ secret { id } }"],
    ["{ item(id: 1) { stranger { id } } }"],
    ["{ item(id: 1) { foreign } }"],
    ["{ item(id: 1) { unknown } }"],
    ["{ item(id: 1) { owner { unknown { id } } } }"],
    ["{ thing { ... on Item { stranger { name } } } }"],
    ["{ nothing }"],
    ["{ __typename item(id: 1) { id } }"],
    ["{ _service { sdl } }"],
    ["mutation { itemSet(id: 1) { id } }"],
    ["subscription { item }"],
    ["{ item(id: 1) { id @live } }"],
    ["query @live { item(id: 1) { id } }"],
    ["{ item(id: 1) { ...Lost } }"],
    ["{ ...Lost }"],
    ["{ item(id: 1) { ...F } } fragment F on Item { ...F }"],
    ["{ short } query B { short }"],
    ["type Query { a: Int }"],
    ["not graphql {"],
    [""],
  ])("is none for %s", (text) => {
    expect(shop.policyOf(text)).toEqual({ kind: "none" });
    // From memory as well.
    expect(shop.policyOf(text)).toEqual({ kind: "none" });
  });

  it("is for each field alone: one that is not kept leaves the others be", () => {
    const { parts } = roots("{ a: item(id: 1) { id } hello short }");
    expect(parts.map(({ responseName, fieldName, policy: { maxAge } }) => [responseName, fieldName, maxAge])).toEqual([
      ["a", "item", 600],
      ["hello", "hello", 0],
      ["short", "short", 5],
    ]);
  });

  it("joins what several fragments select of one field", () => {
    const text = "{ ... { a: item(id: 1) { id } } ...F } fragment F on Query { a: item(id: 1) { price } }";
    const [part, ...others] = roots(text).parts;
    expect(others).toEqual([]);
    expect(part?.policy.vary).toEqual(["COMPANY"]);
    expect(part?.document).toBe("{...{a:item(id:1){id}}...on Query{a:item(id:1){price}}}");
  });

  it("names the object types that may be in the answer", () => {
    const typesOf = (text: string) => roots(text).parts[0]?.types;
    expect(typesOf("{ item(id: 1) { owner { org { id } } } }")).toEqual(["Item", "Org", "Owner", "Query"]);
    expect(typesOf("{ thing { name } }")).toEqual(["Item", "Query", "Shelf"]);
    expect(typesOf("{ thing { ... on Shelf { name } } }")).toEqual(["Query", "Shelf"]);
    expect(typesOf("{ short }")).toEqual(["Query"]);
  });
});

describe("the documents of root fields", () => {
  const text = `query Page__shop__0($id: ID!, $size: Int, $yes: Boolean!, $unused: Int) {
    a: item(id: $id, size: $size) { ...F }
    ... @include(if: $yes) { items { ...G } hello }
    short
  }
  fragment F on Item { id ...G }
  fragment G on Item { name }
  fragment H on Item { code }`;
  const found = roots(text);

  it("hold one field each, and the fragments and variables that it uses", () => {
    expect(found.parts.map(({ document, variables }) => [document, variables])).toEqual([
      [
        "query($id:ID!$size:Int){a:item(id:$id size:$size){...F}}fragment F on Item{id ...G}fragment G on Item{name}",
        ["id", "size"],
      ],
      ["query($yes:Boolean!){...@include(if:$yes){items{...G}}}fragment G on Item{name}", ["yes"]],
      ["query($yes:Boolean!){...@include(if:$yes){hello}}", ["yes"]],
      ["{short}", []],
    ]);
  });

  it("can be joined again", () => {
    expect(found.documentOf(["short"])).toBe("{short}");
    expect(found.documentOf(["hello", "short"])).toBe("query($yes:Boolean!){...@include(if:$yes){hello}short}");
    const all = found.documentOf(["a", "items", "hello", "short"]);
    expect(all).toMatch(/^query\(\$id:ID!\$size:Int\$yes:Boolean!\)\{a:item/);
    expect(found.documentOf(["short", "hello", "items", "a"])).toBe(all);
  });

  it("are valid for the schema", () => {
    const schema = buildSchema(sdl.replaceAll(/@(key|cache\w+|external|requires)\([^)]*\)|@external/g, ""));
    const texts = [...found.parts.map(({ document }) => document), found.documentOf(["a", "short"])];
    for (const one of texts) expect([one, validate(schema, parse(one))]).toEqual([one, []]);
  });

  it("do not depend on the name of the operation", () => {
    const [one, other] = ["query A", "query B"].map((head) => roots(`${head} { short }`).parts[0]?.document);
    expect(one).toBe(other);
  });
});

describe("declared tags of a root field", () => {
  const tagsOf = (text: string, variables = {}) => roots(text).parts[0]?.tagsOf(variables);
  it.each([
    ["{ item(id: 7, size: 1) { id } }", {}, "key:shop:item-7-1"],
    ['{ item(id: "a-b") { id } }', {}, "key:shop:item-a%2D;b-3"],
    ["query($i: ID!, $s: Int) { item(id: $i, size: $s) { id } }", { i: "x", s: 5 }, "key:shop:item-x-5"],
    // A variable without a value leaves the argument at its default, null does not.
    ["query($i: ID!, $s: Int) { item(id: $i, size: $s) { id } }", { i: "x" }, "key:shop:item-x-3"],
    ["query($i: ID!, $s: Int) { item(id: $i, size: $s) { id } }", { i: "x", s: null }, "key:shop:item-x-"],
    ["query($i: ID!, $s: Int = 9) { item(id: $i, size: $s) { id } }", { i: "x" }, "key:shop:item-x-9"],
  ])("%s with %j", (text, variables, expected) => {
    expect(tagsOf(text, variables)).toEqual([expected]);
  });

  it("are none where nothing is declared", () => {
    expect(tagsOf("{ short }")).toEqual([]);
  });
});

describe("times of settings", () => {
  it("take the place of maxAge, for a type everywhere", () => {
    const from = policies({ Item: 7, "Query.items": 3 })!;
    expect(roots("{ item(id: 1) { id } }", from).parts[0]?.policy).toMatchObject({ maxAge: 7, negative: 7 });
    expect(roots("{ items { id } }", from).parts[0]?.policy.maxAge).toBe(3);
    expect(policies({ Item: 0 })?.policyOf("{ item(id: 1) { id } }")).toEqual({ kind: "none" });
  });

  it("may be those of one subgraph alone", () => {
    const { shop: part } = shopManifest(sdl);
    const both = createSubgraphCachePolicies({ shop: part!, other: structuredClone(part!) }, { "other:Item": 7 });
    const ages = ["shop", "other"].map(
      (name) => roots("{ item(id: 1) { id } }", both.get(name)).parts[0]?.policy.maxAge,
    );
    expect(ages).toEqual([600, 7]);
  });

  it.each<[TtlOverrides]>([
    [{ "other:Item": 5 }],
    [{ "Query.hello": 5 }],
    [{ "Item.price": 5 }],
    [{ Shelf: 5, No: 5 }],
  ])("do nothing where the schema gives no maxAge: %j", (overrides) => {
    for (const text of ["{ item(id: 1) { price } }", "{ hello }", "{ thing { ... on Shelf { name } } }"]) {
      const [one, other] = [policies(overrides)!.policyOf(text), shop.policyOf(text)];
      expect(one.kind === "roots" && one.parts[0]?.policy).toEqual(other.kind === "roots" && other.parts[0]?.policy);
    }
  });

  it.each<[string, TtlOverrides]>([
    ["must be 0 to 86400", { Item: 86_401 }],
    ["must be 0 to 86400", { Item: 1.5 }],
    ["must be 0 to 86400", { Item: -1 }],
  ])("%s: %j is refused", (message, overrides) => {
    expect(() => policies(overrides)).toThrow(message);
  });
});

it("remembers what it read", () => {
  const text = "{ item(id: 1) { id code } }";
  expect(shop.policyOf(text)).toBe(shop.policyOf(text));
});

it("has another schema hash after any change but of descriptions", () => {
  const hashOf = (text: string) => shopManifest(text).shop?.schemaHash;
  expect(hashOf(sdl)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf(sdl.replace("type Item", '"An item." type Item'))).toBe(hashOf(sdl));
  expect(hashOf(sdl.replace("maxAge: 600", "maxAge: 601"))).not.toBe(hashOf(sdl));
});

it("knows nothing of a subgraph without directives", () => {
  const manifest = shopManifest("type Query { a: Int }");
  const found: FetchPolicy | undefined = createSubgraphCachePolicies(manifest).get("shop")?.policyOf("{ a }");
  expect(found).toEqual({ kind: "none" });
  expect(createSubgraphCachePolicies({}).size).toBe(0);
});

it("reads extensions and other names of root types", () => {
  const manifest = shopManifest(`
    schema { query: Root mutation: Change }
    type Root { a: A }
    type Change { go: A @cacheInvalidate(tags: ["x"]) }
    extend type A @key(fields: "id") @cacheControl(maxAge: 9) { id: ID! }
  `);
  expect(manifest.shop).toMatchObject({
    query: "Root",
    mutation: "Change",
    types: { A: { maxAge: 9, isEntity: true } },
  });
  expect(Object.keys(manifest.shop?.invalidations ?? {})).toEqual(["go"]);
  const read = createSubgraphCachePolicies(manifest).get("shop")?.policyOf("{ a { id } }");
  expect(read).toMatchObject({ kind: "roots", parts: [{ policy: { maxAge: 9 } }] });
});
