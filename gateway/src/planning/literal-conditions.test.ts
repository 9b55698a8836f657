import { parse, print } from "graphql";
import { describe, expect, it } from "vitest";
import { withoutLiteralConditions } from "./literal-conditions.ts";

const settled = (text: string) =>
  print(withoutLiteralConditions(parse(text)))
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
    expect(withoutLiteralConditions(document)).toBe(document);
  });
});
