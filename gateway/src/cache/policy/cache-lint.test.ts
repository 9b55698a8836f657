import { describe, expect, it } from "vitest";
import { shopDocuments } from "../../../test/cache-sdl.ts";
import { cacheDirectiveFaults, protectedPublicFaults } from "./cache-lint.ts";
import { compileCacheManifest } from "./compile-cache-policy.ts";

const faults = (sdl: string) => cacheDirectiveFaults(shopDocuments(sdl));

function protectedFaults(sdl: string) {
  const documents = shopDocuments(sdl);
  return protectedPublicFaults(documents, compileCacheManifest(documents));
}

describe("cache directives", () => {
  it("may say all this", () => {
    const sdl = `
      type Query {
        item(by: By, id: ID): Item @cacheControl(maxAge: 86400) @cacheTag(format: "item-{$args.by.id}-{$args.id}")
        mine: Item @cacheControl(maxAge: 1, scope: PRIVATE) @cachePolicy(bypass: [STAFF])
      }
      input By { id: ID }
      type Mutation { set(id: ID, lines: [By]): Payload @cacheInvalidate(tags: ["item-{$args.lines.id}", "x-{$result.item.id}", "y"]) }
      type Payload { item: Item }
      type Item @key(fields: "id org { id }") @cacheControl(maxAge: 5) @cacheTag(format: "item-{$key.org.id}") {
        id: ID org: Org
        price: Int @cachePolicy(vary: [COMPANY])
      }
      type Org { id: ID }
    `;
    expect(faults(sdl)).toEqual([]);
    expect(() => compileCacheManifest(shopDocuments(sdl))).not.toThrow();
  });

  it.each([
    ['type Query { a: Int @cacheTag(format: "a-{$args.x}") }', "there is no argument x"],
    ['type Query { a(x: Int): Int @cacheTag(format: "a-{$key.x}") }', "$key is not known here"],
    ['type Query { a: Int @cacheTag(format: "a {") }', "Query.a: @cacheTag"],
    ['type Mutation { a: Int @cacheTag(format: "a") } type Query { b: Int }', "which is for fields of Query"],
    ['type Query { b: B } type B { a: Int @cacheTag(format: "a") }', "B.a has @cacheTag, which is for fields of Query"],
    ['type B @key(fields: "id") @cacheTag(format: "{$key.no}") { id: ID }', '{$key.no} is not in the key "id"'],
    [
      'type B @key(fields: "id") @key(fields: "sku") @cacheTag(format: "b-{$key.id}") { id: ID sku: ID }',
      '{$key.id} is not in the key "sku"',
    ],
    ['type B @key(fields: "o { id }") @cacheTag(format: "b-{$key.o}") { o: O } type O { id: ID }', "is not in the key"],
    ['type B @key(fields: "id") @cacheTag(format: "b-{$args.id}") { id: ID }', "$args is not known here"],
    ['type B @cacheTag(format: "b") { id: ID }', "no key of its own"],
    ['type B @key(fields: "id", resolvable: false) @cacheTag(format: "b") { id: ID }', "no key of its own"],
    ['type Query { a: Int @cacheInvalidate(tags: ["a"]) }', "which is for mutations"],
    ['type Mutation { a(x: ID): Int @cacheInvalidate(tags: ["a-{$args.y}"]) }', "there is no argument y"],
    ['type Mutation { a: P @cacheInvalidate(tags: ["a-{$result.no}"]) } type P { x: ID }', "there is no P.no"],
    ['type Mutation { a: P @cacheInvalidate(tags: ["a-{$result.p}"]) } type P { p: P }', "P has fields; name one"],
    ['type Mutation { a: P @cacheInvalidate(tags: ["{$key.x}"]) } type P { x: ID }', "$key is not known here"],
    ["type Mutation { a: Int @cacheControl(maxAge: 1) }", "is a mutation and cannot be kept"],
    ["type Query { a: Int @cacheControl(maxAge: 86401) }", "Query.a has maxAge above a day"],
    ["type B @cacheControl(maxAge: 86401) { a: Int }", "B has maxAge above a day"],
    ["type Query { a: Int @cacheControl(maxAge: 5) @cachePolicy(sie: 100000) }", "Query.a has sie above a day"],
    [
      "type Query { a: Int @cacheControl(maxAge: 5, scope: PRIVATE) @cachePolicy(vary: [COMPANY]) }",
      "Query.a is PRIVATE, so `vary` adds nothing",
    ],
    ["type B @cacheControl(maxAge: 5, scope: PRIVATE) @cachePolicy(vary: [COMPANY]) { a: Int }", "B is PRIVATE"],
    ["type Query { a: Int @cachePolicy(swr: 5) }", "Query.a has @cachePolicy and is not kept"],
    ["type Query { b: B } type B { c: B @cachePolicy(bypass: [STAFF]) }", "B.c has @cachePolicy and is not kept"],
  ])("may not say %s", (sdl, fault) => {
    const found = faults(sdl);
    expect(found.join()).toContain(fault);
    expect(found.join()).toMatch(/^shop: /);
  });

  it.each([
    ["type Query { a: Int @cacheControl(maxAge: 5) @cachePolicy(vary: [MOON]) }", "vary"],
    ["type Query { a: Int @cacheControl(maxAge: 5) @cachePolicy(bypass: [EVERYBODY]) }", "bypass"],
    ["type Query { a: Int @cacheControl(maxAge: -5) }", "maxAge"],
    ["type Query { a: Int @cacheControl(maxAge: 5, scope: SHARED) }", "scope"],
  ])("have values that are not known: %s", (sdl, name) => {
    expect(() => compileCacheManifest(shopDocuments(sdl))).toThrow(name);
  });
});

describe("what the gateway keeps from some callers", () => {
  const item = "@cacheControl(maxAge: 5) { id: ID! name: String }";
  it.each([
    [`type Query { a: Item @authenticated } type Item ${item}`, ["Query.a"]],
    [`type Query { a: Item } type Item @authenticated ${item}`, ["Query.a", "Item.id", "Item.name"]],
    [
      `type Query { a: Item } type Item @cacheControl(maxAge: 5) { id: ID s: String @requiresScopes(scopes: [["x"]]) }`,
      ["Item.s"],
    ],
    [
      `type Query { x: Int } type Item @key(fields: "id") @cacheControl(maxAge: 5) { id: ID s: S }
       type S @cacheControl(inheritMaxAge: true) { t: String @policy(policies: [["x"]]) }`,
      ["S.t"],
    ],
    [
      `type Query { a: N @cacheControl(maxAge: 5) } interface N { id: ID! } type Item implements N @authenticated ${item}`,
      ["Item.id", "Item.name"],
    ],
  ])("may not be kept for everybody: %s", (sdl, coordinates) => {
    expect(protectedFaults(sdl).map((fault) => fault.split(" ")[1])).toEqual(coordinates);
  });

  it.each([
    [`type Query { a: Item @authenticated @cacheControl(scope: PRIVATE) } type Item ${item}`],
    [`type Query { a: Item @authenticated @cacheControl(maxAge: 0) } type Item ${item}`],
    [
      `type Query { a: Item } type Item @cacheControl(maxAge: 5) {
        id: ID s: String @authenticated @cacheControl(scope: PRIVATE) t: String @authenticated @cacheControl(maxAge: 0)
      }`,
    ],
    ["type Query { a: Item @authenticated } type Item { id: ID @authenticated }"],
    ['type Item @key(fields: "id") @cacheControl(maxAge: 5, scope: PRIVATE) { id: ID @authenticated }'],
  ])("may be private or not kept: %s", (sdl) => {
    expect(protectedFaults(sdl)).toEqual([]);
  });
});
