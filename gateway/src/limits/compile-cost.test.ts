import { describe, expect, it } from "vitest";
import { compileCost } from "./compile-cost.ts";

const linked = (link: string, body: string) => `schema ${link} { query: Query } ${body}`;
const spec = (rest = "") => `@link(url: "https://specs.apollo.dev/cost/v0.1"${rest})`;

describe("compiling costs", () => {
  it("reads weights of types, fields, arguments and inputs", () => {
    const sdl = linked(
      spec(),
      `type Query { a(b: Int @cost(weight: 2)): Int @cost(weight: 3) } type T @cost(weight: 4) { c: Int }
       input I { d: Int @cost(weight: 5) } enum E @cost(weight: 6) { F } scalar S @cost(weight: 0)`,
    );
    expect(compileCost(sdl)).toEqual({
      weights: { E: 6, "I.d": 5, "Query.a": 3, "Query.a(b:)": 2, S: 0, T: 4 },
      lists: {},
    });
  });

  it("reads sizes of lists, with paths", () => {
    const sdl = linked(
      spec(', import: ["@listSize"]'),
      `type Query { a: [T] @listSize(assumedSize: 5, slicingArguments: ["first", "i.p.last"], sizedFields: ["nodes", "r { page }"]) }`,
    );
    expect(compileCost(sdl).lists).toEqual({
      "Query.a": {
        assumedSize: 5,
        slicingArguments: [["first"], ["i", "p", "last"]],
        sizedFields: [["nodes"], ["r", "page"]],
      },
    });
  });

  it.each([
    [
      "imports that rename",
      ', import: [{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@size" }]',
      "price",
      "size",
    ],
    ["prefixes", ', as: "money"', "money", "money__listSize"],
    ["no imports", "", "cost", "cost__listSize"],
  ])("follows %s", (_name, rest, cost, listSize) => {
    const sdl = linked(spec(rest), `type Query { a: [T] @${cost}(weight: 2) @${listSize}(assumedSize: 3) }`);
    expect(compileCost(sdl)).toEqual({ weights: { "Query.a": 2 }, lists: { "Query.a": { assumedSize: 3 } } });
  });

  it("reads nothing from directives of others", () => {
    expect(compileCost(`type Query { a: Int @cost(weight: 2) }`)).toEqual({ weights: {}, lists: {} });
  });

  it.each([
    ["a version it does not know", '@link(url: "https://specs.apollo.dev/cost/v9")', "a: Int", /not known here/],
    ["a weight below zero", spec(), "a: Int @cost(weight: -1)", /Query\.a must be/],
    [
      "sized fields that are no chain",
      spec(', import: ["@listSize"]'),
      'a: Int @listSize(sizedFields: ["a(b: 1)"])',
      /sizedFields/,
    ],
  ])("refuses %s", (_name, link, field, message) => {
    expect(() => compileCost(linked(link, `type Query { ${field} }`))).toThrow(message);
  });
});
