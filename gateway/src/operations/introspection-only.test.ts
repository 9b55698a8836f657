import { expect, it } from "vitest";
import { isIntrospectionOnly } from "./introspection-only.ts";

it.each([
  ["{ __schema { types { name } } }", true],
  ["{ __typename }", true],
  [
    'query A { a: __type(name: "X") { name } ... { __typename } ...F } fragment F on Query { __schema { types { name } } }',
    true,
  ],
  ["{ latest }", false],
  ["{ __schema { types { name } } latest }", false],
  ["{ ...F } fragment F on Query { __typename latest }", false],
  ["{ ...Gone __typename }", false],
  ["mutation { __typename }", false],
  ["query A { __typename } query B { latest }", false],
  ["{ __typename", false],
])("%s: %s", (text, isOnly) => {
  expect(isIntrospectionOnly(text)).toBe(isOnly);
});

it("is told in no time for fragments that are spread a million times", () => {
  const fragments = Array.from({ length: 40 }, (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`);
  const text = `{ ...F0 } ${fragments.join(" ")} fragment F40 on Query { __typename }`;
  const begun = process.threadCpuUsage();
  expect(isIntrospectionOnly(text)).toBe(true);
  expect(process.threadCpuUsage(begun).user).toBeLessThan(1_000_000);
});
