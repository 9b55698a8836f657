import { parse, print } from "graphql";
import { describe, expect, it } from "vitest";
import { conditionVariables, withSettledConditions } from "./settled-conditions.ts";

const settled = (text: string, values = {}) =>
  print(withSettledConditions(parse(text), values))
    .replaceAll(/\s+/g, " ")
    .trim();

describe("an operation as it is planned", () => {
  it.each([
    ["{ a b @include(if: false) c @skip(if: true) }", "{ a }"],
    ["{ a @include(if: true) b @skip(if: false) }", "{ a b }"],
    ["{ a @skip(if: true) @include(if: true) b }", "{ b }"],
    [
      "query ($v: Boolean!) { a @include(if: $v) { b @include(if: false) c } }",
      "query ($v: Boolean!) { a @include(if: $v) { c } }",
    ],
    ["query ($v: Boolean!) { a @include(if: $v) @skip(if: false) }", "query ($v: Boolean!) { a @include(if: $v) }"],
    [
      "{ ... @include(if: false) { a } ...F @skip(if: true) b } fragment F on Query { a }",
      "{ b } fragment F on Query { a }",
    ],
    ["{ a { b @skip(if: true) } }", "{ a { __typename } }"],
    ["{ a { ... on B { c @skip(if: true) } } }", "{ a { ... on B { __typename } } }"],
    ["{ a @include(if: false) }", "{ __typename }"],
    ["{ a @other(if: false) }", "{ a @other(if: false) }"],
  ])("%s", (text, expected) => {
    expect(settled(text)).toBe(expected);
  });

  it("is the same document where nothing is to be settled", () => {
    const document = parse("query ($v: Boolean!) { a @include(if: $v) { b } }");
    expect(withSettledConditions(document, {})).toBe(document);
  });
});

describe("conditions with variables", () => {
  const text =
    "query ($v: Boolean!, $w: Boolean) { a @include(if: $v) b @skip(if: $v) ... @skip(if: $w) { c } d @skip(if: true) }";

  it.each([
    [{ v: true, w: true }, "{ a }"],
    [{ v: false, w: false }, "{ b ... { c } }"],
    [{ v: true, w: null }, "{ a ... @skip(if: $w) { c } }"],
    [{}, "{ a @include(if: $v) b @skip(if: $v) ... @skip(if: $w) { c } }"],
  ])("are settled by values: %j", (values, expected) => {
    expect(settled(text, values)).toBe(`query ($v: Boolean!, $w: Boolean) ${expected}`);
  });

  it("are found, whatever fragments they are in", () => {
    expect(conditionVariables(parse(`${text} fragment F on Query { x @include(if: $in) }`))).toEqual(["in", "v", "w"]);
    expect(conditionVariables(parse("{ a @skip(if: true) }"))).toEqual([]);
    expect(conditionVariables(parse("query ($v: Boolean) @other(if: $v) { a @other(if: $v) }"))).toBeUndefined();
  });

  it("take nothing from objects' prototypes", () => {
    expect(settled("query ($constructor: Boolean!) { a @skip(if: $constructor) }")).toContain("@skip");
  });
});
