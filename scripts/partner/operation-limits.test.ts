import { defaultLimits } from "@tradegraph/gateway/limits/limit-rules";
import { expect, it } from "vitest";
import { limitFindings } from "./operation-limits.ts";
import { committedSchema, readGraph } from "./schema-file.ts";

const { costs } = await readGraph(committedSchema, defaultLimits.listSize);
const rules = defaultLimits;
const find = (body: string) => limitFindings(body, { rules, costs });
const nothing = { faults: [], warnings: [] };
/** Tens of thousands of points with the largest pages, some with pages of one. */
const nested = (outer: string, inner: string) =>
  `products(first: ${outer}) { nodes { id reviews(first: ${inner}) { nodes { id product { id } } } } }`;

it("finds nothing about operations that the gateway answers", () => {
  expect(find("query Few { products(first: 10) { nodes { id } } }")).toEqual(nothing);
  expect(find(`query Any($first: Int!) { products(first: $first) { nodes { id } } }`)).toEqual(nothing);
});

it("tells what an operation costs that no variable makes cheaper, with the limit and what to do", () => {
  const { faults, warnings } = find(`query Much { ${nested("100", "100")} }`);
  expect([faults.length, warnings]).toEqual([1, []]);
  expect(faults[0]).toMatch(
    /^It costs \d{5} points or more; a partner's operation may cost 10000 \(LIMIT_COST_PARTNERS\): ask for shorter lists/,
  );
  expect(
    find(
      `query Much($one: Int) { ${nested("100", "100")} product(by: {slug: "x"}) { reviews(first: $one) { nodes { id } } } }`,
    ).faults,
  ).toHaveLength(1);
});

it("only warns where pages, or what is left out, are up to the caller", () => {
  const sizes = find(`query Sizes($first: Int! = 100, $inner: Int = 100) { ${nested("$first", "$inner")} }`);
  expect(sizes).toEqual({ faults: [], warnings: [expect.stringContaining("with pages of the usual size")] });
  const choice = find(
    `query Choice($all: Boolean!) { products(first: 1) { nodes { id } } ... on Query @include(if: $all) { more: ${nested("100", "100")} } }`,
  );
  expect(choice).toMatchObject({ faults: [], warnings: [expect.any(String)] });
});

it("tells each limit on the shape by its setting", () => {
  const aliases = Array.from({ length: 31 }, (_, n) => `a${n}: id`).join(" ");
  expect(find(`query Names { me { ${aliases} } }`).faults).toEqual([
    "An operation may have at most 30 aliases, fragments expanded; send several operations. It has 31 (LIMIT_ALIASES).",
  ]);
});

it("finds nothing where the gateway only measures, and no cost where nobody knows it", () => {
  const body = `query Much { ${nested("100", "100")} }`;
  expect(limitFindings(body, { rules: { ...rules, mode: "measure" }, costs })).toEqual(nothing);
  expect(limitFindings(body, { rules, costs: undefined })).toEqual(nothing);
});
