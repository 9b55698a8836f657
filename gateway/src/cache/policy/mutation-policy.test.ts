import { describe, expect, it } from "vitest";
import { shopManifest } from "../../../test/cache-sdl.ts";
import { createMutationInvalidation } from "./mutation-policy.ts";

const manifest = shopManifest(`
  type Query { items: [Int] @cacheControl(maxAge: 5) @cacheTag(format: "items") }
  type Mutation {
    add(input: In): Payload @cacheInvalidate(tags: ["items", "item-{$result.item.id}"], wait: STRICT)
    order(lines: [In!], key: String = "k"): Int @cacheInvalidate(tags: ["item-{$args.lines.id}-{$args.key}"])
    soften: Int @cacheInvalidate(tags: ["items", "old"], soft: true)
    nothing: Int
    wait: Int @cacheInvalidate(tags: [], wait: STRICT)
  }
  input In { id: ID }
  type Payload { item: Item }
  type Item { id: ID }
`);
const other = { ...manifest.shop!, invalidations: {} };
const invalidationOf = createMutationInvalidation({ ...manifest, other });
const told = (text: string, variables = {}, data: unknown = {}) => invalidationOf("shop", text, variables, data);

describe("what a mutation says that it changes", () => {
  it("is told for every subgraph that declares tags, from arguments and results", () => {
    const found = told("mutation($i: In) { a: add(input: $i) { item { id } } }", {}, { a: { item: { id: "7" } } });
    expect(found).toEqual({
      tags: ["key:shop:items", "key:other:items", "key:shop:item-7", "key:other:item-7"],
      ...{ wait: "strict", softTags: [] },
    });
  });

  it("is told for fields without data as well: something may have been done", () => {
    for (const data of [null, undefined, {}, { a: null }])
      expect(told("mutation { a: add { item { id } } }", {}, data).tags).toContain("key:shop:items");
  });

  it("is one tag for each element of a list", () => {
    const text = 'mutation($l: [In!]) { order(lines: $l, key: "x") }';
    const tags = ["key:shop:item-1-x", "key:shop:item-2-x", "key:other:item-1-x", "key:other:item-2-x"];
    expect(told(text, { l: [{ id: 1 }, { id: "2" }] }).tags.sort()).toEqual(tags.sort());
    expect(told(text, { l: [] }).tags).toEqual([]);
  });

  it("is everything of the subgraphs where one by one would be too many", () => {
    const lines = Array.from({ length: 501 }, (_, id) => ({ id }));
    const { tags } = told("mutation($l: [In!]) { order(lines: $l) }", { l: lines });
    expect(tags).toEqual(["subgraph:shop", "subgraph:other"]);
  });

  it("is soft only where nothing else says more", () => {
    const soft = told("mutation { soften }");
    expect(soft).toMatchObject({ tags: [], wait: "none" });
    expect(soft.softTags).toContain("key:shop:items");
    const both = told("mutation { soften ...F } fragment F on Mutation { add { item { id } } }");
    expect(both.tags).toContain("key:shop:items");
    expect(both.softTags).toEqual(["key:shop:old", "key:other:old"]);
  });

  it("may be only that all gateways are waited for", () => {
    expect(told("mutation { wait }")).toEqual({ tags: [], wait: "strict", softTags: [] });
  });

  it.each([
    ["mutation { nothing }"],
    ["mutation { toString }"],
    ["{ items }"],
    ["mutation {"],
    ["fragment F on Mutation { add { item { id } } }"],
  ])("is nothing for %s", (text) => {
    expect(told(text)).toEqual({ tags: [], wait: "none", softTags: [] });
  });

  it("is nothing for a subgraph that says nothing, or is not known", () => {
    for (const subgraph of ["other", "none"])
      expect(invalidationOf(subgraph, "mutation { soften }", {}, {})).toEqual({ tags: [], wait: "none", softTags: [] });
  });
});
