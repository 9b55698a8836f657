import { parse } from "graphql";
import { expect, it } from "vitest";
import { conditionVariables } from "./settled-conditions.ts";
import { settledTexts } from "./settled-operations.ts";

it("plans a text without conditions as it came", () => {
  const [only, ...others] = settledTexts("query A { # comment\n a }");
  expect([only?.source, others]).toEqual(["query A { # comment\n a }", []]);
});

it("plans each combination of few conditions, and none of many", () => {
  const texts = (count: number) => {
    const names = Array.from({ length: count }, (_, at) => `v${at}`);
    const variables = names.map((name) => `$${name}: Boolean!`).join(" ");
    return settledTexts(`query (${variables}) { ${names.map((name) => `${name} @include(if: $${name})`).join(" ")} }`);
  };
  expect(new Set(texts(3).map(({ queryHash }) => queryHash)).size).toBe(8);
  for (const { source } of texts(3)) expect(conditionVariables(parse(source))).toBeUndefined();
  expect(texts(4)).toEqual([]);
});
