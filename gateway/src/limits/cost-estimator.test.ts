import { largest } from "@tradegraph/kit/saturating";
import fc from "fast-check";
import { buildSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { compileCost } from "./compile-cost.ts";
import { createCostEstimator } from "./cost-estimator.ts";

const directives = `
  directive @link(url: String!, as: String, import: [Import]) repeatable on SCHEMA
  scalar Import
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(
    assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true
  ) on FIELD_DEFINITION
  extend schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize"])
`;

const sdl = `${directives}
  type Query {
    book(id: ID): Book
    bestsellers: [Book] @listSize(assumedSize: 5)
    newestAdditions(after: ID, limit: Int!): [Book] @listSize(slicingArguments: ["limit"])
    shelf(first: Int, last: Int): BookPage
      @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"])
    byInput(input: PageInput = { pagination: { first: 7 } }): [Book!]!
      @listSize(assumedSize: 3, slicingArguments: ["input.pagination.first"])
    defaulted(first: Int = 4): [Book] @listSize(slicingArguments: ["first"], assumedSize: 2)
    deep: Deep @listSize(assumedSize: 6, sizedFields: ["results { page }"])
    unsized: [Book]
    grid: [[Book]] @listSize(assumedSize: 3)
    things: [Thing] @listSize(assumedSize: 2)
    anything: Any
    search(text: String @cost(weight: 20), filter: Filter, filters: [Filter!]): Int
    colour: Colour
    expensive: Int @cost(weight: 9)
    scale: Scale
  }
  type Mutation { addBook(title: String): Book login: Book @cost(weight: 100) }
  type Book { title: String author: Author publisher: Publisher rating: Int @cost(weight: 2) }
  type Author { name: String }
  type Publisher { name: String address: Address }
  type Address @cost(weight: 5) { zipCode: Int! }
  type BookPage { nodes: [Book] edges: [BookEdge] total: Int }
  type BookEdge { node: Book }
  type Deep { results: DeepResults }
  type DeepResults { page: [Book] other: [Book] }
  input PageInput { pagination: Pagination }
  input Pagination { first: Int = 8 }
  input Filter { words: String @cost(weight: 3) inner: Filter }
  interface Thing { id: ID }
  type Cheap implements Thing { id: ID more: Author }
  type Dear implements Thing @cost(weight: 4) { id: ID more: Address }
  union Any = Cheap | Dear
  enum Colour @cost(weight: 7) { RED }
  scalar Scale @cost(weight: 6)
`;
const estimator = createCostEstimator({ schema: buildSchema(sdl), manifest: compileCost(sdl) });
const costOf = (query: string, variables: Record<string, unknown> = {}) =>
  estimator.estimate(parse(query), undefined, variables);
const details = "{ title author { name } publisher { name address { zipCode } } }";

describe("the estimate of an operation", () => {
  it.each<[string, number, string, Record<string, unknown>?]>([
    // Apollo's page on demand control, with its weight of 5 for an address.
    ["Apollo's book", 8, `{ book(id: 1) ${details} }`],
    ["Apollo's bestsellers", 40, `{ bestsellers ${details} }`],
    ["Apollo's three newest", 24, `{ newestAdditions(limit: 3) ${details} }`],
    ["Apollo's seven newest", 56, `{ newestAdditions(limit: 7) ${details} }`],
    ["scalars and __typename", 1, `{ __typename book { title __typename } }`],
    ["introspection", 0, `{ __schema { types { name fields { name } } } }`],
    ["a mutation", 11, `mutation { addBook(title: "x") { title } }`],
    ["a field with a weight", 110, `mutation { login { title } }`],
    ["a scalar with a weight", 9, `{ expensive }`],
    ["an enum type with a weight", 7, `{ colour }`],
    ["a scalar type with a weight", 6, `{ scale }`],
    ["a field with a weight in a list", 15, `{ bestsellers { rating } }`],
    ["a list nobody knows", 10, `{ unsized { title } }`],
    ["lists in lists", 9, `{ grid { title } }`],
    ["an alias of the same", 2, `{ a: book { title } b: book { title } }`],
    // Connection 1, nodes 5 × (book 1 + author 1).
    ["a connection", 11, `{ shelf(first: 5) { nodes { author { name } } } }`],
    ["edges", 11, `{ shelf(first: 5) { edges { node { title } } } }`],
    ["both", 16, `{ shelf(first: 5) { edges { node { title } } nodes { title } } }`],
    ["a connection without a size", 21, `{ shelf { nodes { title } } }`],
    ["the larger of first and last", 8, `{ shelf(first: 2, last: 7) { nodes { title } } }`],
    [
      "a connection in a fragment",
      6,
      `{ shelf(first: 5) { ...P } } fragment P on BookPage { ... { nodes { title } } }`,
    ],
    ["an empty page", 1, `{ shelf(first: 0) { nodes { author { name } } } }`],
    ["a size from a variable", 13, `query ($n: Int) { shelf(first: $n) { nodes { title } } }`, { n: 12 }],
    ["the default of a variable", 10, `query ($n: Int = 9) { shelf(first: $n) { nodes { title } } }`],
    ["a variable instead of its default", 4, `query ($n: Int = 9) { shelf(first: $n) { nodes { title } } }`, { n: 3 }],
    ["a variable of nothing", 21, `query ($n: Int) { shelf(first: $n) { nodes { title } } }`],
    ["null", 21, `query ($n: Int = 9) { shelf(first: $n) { nodes { title } } }`, { n: null }],
    ["the default of an argument", 4, `{ defaulted { title } }`],
    ["the default of an argument with a variable of nothing", 4, `query ($n: Int) { defaulted(first: $n) { title } }`],
    // One for each input object.
    ["a path into an input", 7, `{ byInput(input: { pagination: { first: 5 } }) { title } }`],
    [
      "a path into a variable",
      8,
      `query ($i: PageInput) { byInput(input: $i) { title } }`,
      { i: { pagination: { first: 6 } } },
    ],
    [
      "a variable inside an input",
      4,
      `query ($n: Int) { byInput(input: { pagination: { first: $n } }) { title } }`,
      { n: 2 },
    ],
    ["the default of an input's field", 10, `{ byInput(input: { pagination: {} }) { title } }`],
    ["the default of the whole input", 7, `{ byInput { title } }`],
    // Deep 1, results 1, page 6, and other 10 of which nothing is known.
    ["sized fields further inside", 18, `{ deep { results { page { title } other { title } } } }`],
    ["an argument with a weight", 20, `{ search(text: "x") }`],
    ["an argument that is null", 0, `{ search(text: null) }`],
    ["an argument from a variable", 20, `query ($t: String) { search(text: $t) }`, { t: "x" }],
    ["fields of inputs", 8, `{ search(filter: { words: "a", inner: { words: "b" } }) }`],
    ["lists of inputs", 8, `query ($f: [Filter!]) { search(filters: $f) }`, { f: [{ words: "a" }, { words: "b" }] }],
    [
      "an interface: its most expensive type",
      18,
      `{ things { ... on Cheap { more { name } } ... on Dear { more { zipCode } } } }`,
    ],
    [
      "a union: its most expensive type",
      9,
      `{ anything { ... on Cheap { a: more { name } b: more { name } } ... on Dear { more { zipCode } } } }`,
    ],
    ["a union of which one type is asked for", 4, `{ anything { ... on Cheap { id } } }`],
    ["what is skipped", 0, `query ($s: Boolean!) { book @skip(if: $s) { title } }`, { s: true }],
    ["what is not skipped", 1, `query ($s: Boolean!) { book @skip(if: $s) { title } }`, { s: false }],
    ["what is not included", 1, `query ($s: Boolean = false) { book { ... @include(if: $s) { author { name } } } }`],
    [
      "what is included",
      2,
      `query ($s: Boolean = false) { book { ... @include(if: $s) { author { name } } } }`,
      { s: true },
    ],
    ["what the schema does not have", 0, `{ nothing { at { all } } }`],
  ])("counts %s", (_name, cost, query, variables) => {
    expect(costOf(query, variables)).toBe(cost);
  });

  it.each([-1, -(2 ** 31)])("takes the size %s for the largest", (n) => {
    expect(costOf(`query ($n: Int) { shelf(first: $n) { nodes { title } } }`, { n })).toBe(largest);
  });

  it.each([1.5, NaN, 1e308, 2 ** 31, -(2 ** 31) - 1, "5", true, [5], {}])("leaves the size %j to coercion", (n) => {
    expect(costOf(`query ($n: Int) { shelf(first: $n) { nodes { title } } }`, { n })).toBe(1);
  });

  it("never becomes infinite or no number", () => {
    const nested = `query ($n: Int!) { newestAdditions(limit: $n) { title ...A } z: newestAdditions(limit: 0) { title } } fragment A on Book { title }`;
    expect(costOf(nested, { n: -1 })).toBe(largest);
    expect(costOf(`{ shelf(first: 0) { nodes { author { name } } } }`)).toBe(1);
  });

  it("is of the operation that is named", () => {
    const document = parse(`query A { book { title } } query B { book { author { name } } }`);
    expect(estimator.estimate(document, "A", {})).toBe(1);
    expect(estimator.estimate(document, "B", {})).toBe(2);
    expect(estimator.estimate(document, "C", {})).toBeUndefined();
    expect(estimator.estimate(document, undefined, {})).toBeUndefined();
  });

  it("takes names with which objects are born for names", () => {
    expect(costOf(`{ constructor __proto__ toString: book { title } }`)).toBe(1);
    expect(
      costOf(`query ($constructor: Int, $__proto__: Int) { shelf(first: $constructor) { nodes { title } } }`),
    ).toBe(21);
  });
});

describe("the estimate of a hostile document", () => {
  /** Processor time of this thread, so that other programs do not count. */
  const within = (ms: number, work: () => unknown) => {
    const begun = process.threadCpuUsage();
    const result = work();
    const { user, system } = process.threadCpuUsage(begun);
    expect((user + system) / 1_000).toBeLessThan(ms);
    return result;
  };
  const fanOut = (steps: number) =>
    `{ book { ...F0 } } ${Array.from({ length: steps }, (_, step) => `fragment F${step} on Book { ...F${step + 1} ...F${step + 1} }`).join(" ")} fragment F${steps} on Book { author { name } }`;

  it("counts fragments that double twenty times, at once", () => {
    expect(within(150, () => costOf(fanOut(20)))).toBe(1 + 2 ** 20);
  });

  it("counts fragments that double a hundred times as the largest", () => {
    expect(within(150, () => costOf(fanOut(100)))).toBe(largest);
  });

  it("counts the same fragment in pages of a hundred sizes", () => {
    const pages = Array.from({ length: 100 }, (_, size) => `p${size}: shelf(first: ${size}) { ...F0 }`).join(" ");
    const chain = Array.from(
      { length: 100 },
      (_, step) => `fragment F${step} on BookPage { ...F${step + 1} ...F${step + 1} }`,
    );
    const query = `{ ${pages} } ${chain.join(" ")} fragment F100 on BookPage { nodes { title } }`;
    expect(within(200, () => costOf(query))).toBe(largest);
  });

  it("ends in cycles", () => {
    const query = `{ book { ...A } } fragment A on Book { title ...B } fragment B on Book { author { name } ...A }`;
    expect(within(150, () => costOf(query))).toBe(2);
  });

  it("counts a long variable once, however often it is used", () => {
    const filters = Array.from({ length: 5_000 }, () => ({ words: "a" }));
    const fields = Array.from({ length: 300 }, (_, index) => `s${index}: search(filters: $f)`).join(" ");
    expect(within(200, () => costOf(`query ($f: [Filter!]) { ${fields} }`, { f: filters }))).toBe(300 * 20_000);
  });
});

describe("what an operation has cost", () => {
  const actualOf = (query: string, data: Record<string, unknown> | null) =>
    estimator.actual(parse(query), undefined, {}, data);

  it.each<[string, number, string, Record<string, unknown> | null]>([
    ["lists as long as they are", 2, `{ bestsellers { title } }`, { bestsellers: [{ title: "a" }, { title: "b" }] }],
    ["null as nothing", 1, `{ bestsellers { author { name } } }`, { bestsellers: [null, { author: null }] }],
    [
      "a connection",
      4,
      `{ shelf(first: 50) { nodes { title } edges { node { title } } } }`,
      { shelf: { nodes: [{ title: "a" }], edges: [{ node: { title: "a" } }] } },
    ],
    ["names of selections", 9, `{ a: expensive b: book { c: author { name } } }`, { a: 1, b: null }],
    ["arguments", 20, `{ search(text: "x") }`, { search: null }],
    ["what was taken out as nothing", 0, `{ search(text: "x") }`, {}],
    ["a mutation without data", 10, `mutation { login { title } }`, null],
    [
      "equal selections once",
      3,
      `{ ...A ...B } fragment A on Query { book { author { name } } } fragment B on Query { book { publisher { name } author { name } } }`,
      { book: { author: { name: "a" }, publisher: { name: "b" } } },
    ],
    [
      "a type by its name",
      1,
      `{ anything { __typename ... on Thing { id } } }`,
      { anything: { __typename: "Cheap", id: 1 } },
    ],
    [
      "a type by its fields",
      2,
      `{ anything { ... on Cheap { more { name } } ... on Dear { id } } }`,
      { anything: { more: { name: "a" } } },
    ],
    ["the most expensive type where nothing tells", 4, `{ anything { ... on Thing { id } } }`, { anything: { id: 1 } }],
  ])("counts %s", (_name, cost, query, data) => {
    expect(actualOf(query, data)).toBe(cost);
  });

  it("is never above the estimate while lists keep to their sizes", () => {
    const author = fc.record({ name: fc.string() });
    const book = fc.record(
      { author: fc.option(author), rating: fc.option(fc.integer()), title: fc.string() },
      { requiredKeys: [] },
    );
    const cheap = fc.record({ id: fc.string(), more: fc.option(author) });
    const dear = fc.record({ id: fc.string(), more: fc.option(fc.record({ zipCode: fc.integer() })) });
    const input = fc
      .record({ first: fc.integer({ min: 0, max: 12 }), last: fc.integer({ min: 0, max: 12 }), deep: fc.boolean() })
      .chain((variables) =>
        fc.record({
          variables: fc.constant(variables),
          data: fc.record({
            shelf: fc.option(
              fc.record({
                nodes: fc.array(fc.option(book), { maxLength: Math.max(variables.first, variables.last) }),
                edges: fc.array(fc.record({ node: fc.option(book) }), {
                  maxLength: Math.max(variables.first, variables.last),
                }),
              }),
            ),
            things: fc.array(fc.oneof(cheap, dear), { maxLength: 2 }),
            grid: fc.array(fc.array(book, { maxLength: 3 }), { maxLength: 3 }),
          }),
        }),
      );
    const document = parse(`query ($first: Int, $last: Int, $deep: Boolean!) {
      shelf(first: $first, last: $last) { nodes { ...B } edges { node { ...B rating } } }
      things { id ... on Cheap { more { name } } ... on Dear { more { zipCode } } }
      grid { ...B }
    } fragment B on Book { title rating author @include(if: $deep) { name } }`);
    fc.assert(
      fc.property(input, ({ variables, data }) => {
        const estimate = estimator.estimate(document, undefined, variables) ?? NaN;
        const actual = estimator.actual(document, undefined, variables, data) ?? NaN;
        expect(actual).toBeLessThanOrEqual(estimate);
      }),
      { numRuns: 300 },
    );
  });
});
