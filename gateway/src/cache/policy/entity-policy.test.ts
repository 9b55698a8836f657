import { describe, expect, it } from "vitest";
import { itemSdl, shopManifest } from "../../../test/cache-sdl.ts";
import { type CachePolicy } from "./cache-policy.ts";
import { createSubgraphCachePolicies } from "./subgraph-cache-policies.ts";

const shop = createSubgraphCachePolicies(shopManifest(itemSdl)).get("shop")!;
const entities = (inside: string, head = "query E__shop__1($representations: [_Any!]!)") => {
  const found = shop.policyOf(`${head} { _entities(representations: $representations) { ${inside} } }`);
  if (found.kind !== "entities") throw new Error(`${inside} is ${found.kind}`);
  return found;
};
const policy = (given: Partial<CachePolicy>): CachePolicy => ({
  ...{ maxAge: 600, scope: "PUBLIC", vary: [], bypass: [], swr: 60, sie: 900, negative: 30 },
  ...given,
});

describe("the policy of entities", () => {
  it("is one for each type", () => {
    const found = entities(
      "...on Item { name price(for: $n) } ...on Owner { name }",
      "query X($representations: [_Any!]!, $n: Int)",
    );
    expect([...found.byType].map(([name, part]) => [name, part.policy])).toEqual([
      ["Item", policy({ sie: 0, vary: ["COMPANY"], bypass: ["SUPPLIER"] })],
      ["Owner", policy({ maxAge: 100, swr: 0, sie: 0, negative: 0, vary: ["COMPANY"] })],
    ]);
    expect(found).toMatchObject({ responseName: "_entities", representations: "representations", variables: ["n"] });
    expect(found.document).toBe(
      "query($representations:[_Any!]!$n:Int){_entities(representations:$representations){...on Item{name price(for:$n)}...on Owner{name}}}",
    );
  });

  it("leaves out types that are not kept, and keeps the others", () => {
    const found = entities("...on Item { name } ...on Stranger { name } ...on Shelf { name }");
    expect([...found.byType.keys()]).toEqual(["Item"]);
    expect([...entities("...on Item { stranger { id } } ...on Owner { name }").byType.keys()]).toEqual(["Owner"]);
  });

  it("sees through interfaces and named fragments", () => {
    const found = entities("...on Thing { name ...on Item { stock } ...on Stranger { id } }");
    expect([...found.byType.keys()]).toEqual(["Item"]);
    expect(found.byType.get("Item")?.policy.maxAge).toBe(10);
    const text = "query($r: [_Any!]!) { _entities(representations: $r) { ...F } } fragment F on Item { derived }";
    expect(shop.policyOf(text)).toMatchObject({ kind: "entities", representations: "r", variables: [] });
  });

  it("fills tags from keys", () => {
    const tagsOf = entities("...on Owner { name } ...on Item { id }").byType.get("Owner")?.tagsOf;
    expect(tagsOf?.({ __typename: "Owner", org: { id: "o1" } })).toEqual(["key:shop:owner-o1"]);
    expect(tagsOf?.({ __typename: "Owner", org: null })).toEqual(["key:shop:owner-"]);
  });

  it.each([
    ["query($r: [_Any!]!) { _entities(representations: $r) { ...on Item { id } } short }"],
    ["query($r: [_Any!]!) { ...on Query { _entities(representations: $r) { ...on Item { id } } } }"],
    ["query($r: [_Any!]!) { _entities(representations: $r) @skip(if: false) { ...on Item { id } } }"],
    ['{ _entities(representations: [{ __typename: "Item", id: 1 }]) { ...on Item { id } } }'],
    ["query($r: [_Any!]!) { _entities(representations: $r) { ...on Stranger { id } } }"],
    ["query($r: [_Any!]!) { _entities(representations: $r) { __typename } }"],
    [
      "query($r: [_Any!]!) { a: _entities(representations: $r) { ...on Item { id } } b: _entities(representations: $r) { ...on Item { id } } }",
    ],
  ])("is none for %s", (text) => {
    expect(shop.policyOf(text)).toEqual({ kind: "none" });
  });
});
