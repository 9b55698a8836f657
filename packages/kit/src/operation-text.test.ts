import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import {
  bareOperationId,
  claimsHash,
  normalizedText,
  operationHash,
  readOperation,
  withoutValues,
} from "./operation-text.ts";

describe("operationHash", () => {
  // Of the draft "Persisted Documents" of GraphQL over HTTP.
  it.each([
    ["query($id:ID!){user(id:$id){name}}", "71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b"],
    [
      "query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}",
      "7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e",
    ],
  ])("is that of the specification for %j", (text, hash) => {
    expect(operationHash(text)).toBe(hash);
  });
});

it("an id claims to be a hash with the prefix, or with 64 hexadecimal digits", () => {
  expect(["sha256:x", "a".repeat(64), "A".repeat(64)].map(claimsHash)).toEqual([true, true, true]);
  expect(["a".repeat(32), "x".repeat(64), "shop", "x-y:z"].map(claimsHash)).toEqual([false, false, false, false]);
  expect(["sha256:ab", "ab", "x-sha256:ab"].map(bareOperationId)).toEqual(["ab", "ab", "x-sha256:ab"]);
});

describe("normalizedText", () => {
  const text = "query Q { a ...F ...E }\nfragment E on A { b }\nfragment F on A { c }";

  it.each([
    ["spaces and comments", "# x\nquery   Q{a,...F ...E} fragment E on A{b}\n#y\nfragment F on A{c}"],
    ["the order of definitions", "fragment F on A { c } fragment E on A { b } query Q { a ...F ...E }"],
  ])("is the same whatever %s", (_what, other) => {
    expect(normalizedText(other)).toBe(normalizedText(text));
  });

  it.each([
    ["the order of fields", text.replace("a ...F ...E", "...F a ...E")],
    ["the name", text.replace("Q", "R")],
    ["a value", text.replace("{ b }", "{ b(x: 1) }")],
  ])("is another with another %s", (_what, other) => {
    expect(normalizedText(other)).not.toBe(normalizedText(text));
  });

  it("does not read more tokens than it may", () => {
    expect(() => normalizedText("{ a b c }", 4)).toThrow(/token/);
    expect(normalizedText("{ a b }", 4)).toContain("a");
  });
});

describe("readOperation", () => {
  it.each([
    ["{", "is no GraphQL (line 1, column 2)"],
    ["fragment F on A { a }", "has 0 operations; it must have one"],
    ["query A { a } query B { b }", "has 2 operations; it must have one"],
    ["query A { a } type T { a: Int }", "defines something besides an operation and its fragments"],
  ])("refuses %j", (text, message) => {
    expect(() => readOperation(text)).toThrow(message);
  });
});

it("values do not stay in a text for the log", () => {
  const text =
    'mutation { login(email: "a@b.example", password: """s3cret""", code: 123456, rate: 1.5, kind: SHOP) { id } }';
  const shown = withoutValues(parse(text));
  expect(shown).not.toMatch(/a@b|s3cret|123456|1\.5/);
  expect(shown).toContain('login(email: "", password: "", code: 0, rate: 0, kind: SHOP)');
});
