// Documents that were made to hurt: each is refused, quickly, with a status that says whose fault it is, and the gateway
// answers on. The rows of the attack table, graphql-cop's checks and those that the gateway's own ways invite.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Attack, type AttackStage, longestHold, post, postText, startAttackStage, times } from "./attack-stage.ts";

let stage: AttackStage;
beforeAll(async () => {
  stage = await startAttackStage({ introspection: false, planning: { timeoutMs: 2_000 } });
}, 60_000);
afterAll(() => stage.stop());

const nested = (depth: number, open: string, inner: string) => open.repeat(depth) + inner + "}".repeat(depth);
const fanOut = (levels: number) =>
  `{ books { ...F0 } } ${times(levels, (n) => `fragment F${n} on Book { a${n}: similar { ...F${n + 1} } b${n}: similar { ...F${n + 1} } }`)} fragment F${levels} on Book { id }`;
/** In fewer tokens. */
const spreadsTwice = (levels: number) =>
  `{ books { ...F0 } } ${times(levels, (n) => `fragment F${n} on Book { ...F${n + 1} ...F${n + 1} }`)} fragment F${levels} on Book { id }`;
const threeLists = (first: string) =>
  `books(first: ${first}) { similar(first: ${first}) { similar(first: ${first}) { id } } }`;

/** Most are above several limits. */
const anyLimit = "MAX_(ALIASES|DEPTH|HEIGHT|ROOT_FIELDS)_LIMIT";

describe("is refused and holds nobody up: a document with", () => {
  it.each<[string, Attack, string]>([
    ["30 levels", post(`{ books { ${nested(30, "similar { ", "id")} } }`), "MAX_DEPTH_LIMIT"],
    ["600 levels", post(`{ books { ${nested(600, "similar { ", "id")} } }`), "MAX_DEPTH_LIMIT"],
    ["900 inline fragments in each other", post(`{ ${nested(900, "... { ", "latest")} }`), "GRAPHQL_PARSE_FAILED"],
    ["100 aliases", post(`{ ${times(100, (n) => `a${n}: latest`)} }`), anyLimit],
    ["101 aliases of __typename", post(`{ ${times(101, (n) => `a${n}: __typename`)} }`), anyLimit],
    ["5,000 aliases", post(`{ ${times(5_000, (n) => `a${n}: latest`)} }`), "GRAPHQL_PARSE_FAILED"],
    ["2,000 directives", post(`{ latest ${"@aa ".repeat(2_000)} }`), "GRAPHQL_PARSE_FAILED"],
    ["600 directives", post(`{ latest ${"@aa ".repeat(600)} }`), "MAX_DIRECTIVES_LIMIT"],
    ["8,000 times the same field", post(`{ ${"latest ".repeat(8_000)} }`), "GRAPHQL_PARSE_FAILED"],
    ["1,900 times the same field", post(`{ ${"latest ".repeat(1_900)} }`), anyLimit],
    ["lists of a thousand in lists", post(`{ ${threeLists("1000")} }`), "COST_ESTIMATED_TOO_EXPENSIVE"],
    [
      "the same lengths as variables",
      post(`query ($n: Int) { ${threeLists("$n")} }`, { variables: { n: 100_000 } }),
      "COST_ESTIMATED_TOO_EXPENSIVE",
    ],
    [
      "the same as default values",
      post(`query ($n: Int = 100000) { ${threeLists("$n")} }`),
      "COST_ESTIMATED_TOO_EXPENSIVE",
    ],
    ["fragments that double 20 times", post(fanOut(20)), anyLimit],
    ["fragments that double 100 times", post(spreadsTwice(100)), anyLimit],
    [
      "fragments in a circle",
      post("{ books { ...A } } fragment A on Book { similar { ...B } } fragment B on Book { similar { ...A } }"),
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["a fragment that spreads itself", post("{ ...A } fragment A on Query { ...A }"), "GRAPHQL_VALIDATION_FAILED"],
    ["one name for 100 different fields", post(`{ ${times(100, (n) => `x: book(id: "${n}") { id }`)} }`), anyLimit],
    [
      "990 lists in each other",
      post(`{ book(id: ${"[".repeat(990)}${"]".repeat(990)}) { id } }`),
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "a type of 900 lists",
      post(`query ($x: ${"[".repeat(900)}Int${"]".repeat(900)}) { latest }`),
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "480 variables that nobody uses",
      post(`query (${times(480, (n) => `$v${n}: Int`)}) { latest }`),
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["a number of 5,000 digits", post(`{ books(first: ${"9".repeat(5_000)}) { id } }`), "GRAPHQL_VALIDATION_FAILED"],
    ["a hundred guesses of a password", post(`mutation { ${times(100, (n) => `g${n}: rate(id: "${n}")`)} }`), anyLimit],
    ["eleven guesses of a password", post(`mutation { ${times(11, (n) => `g${n}: rate(id: "${n}")`)} }`), anyLimit],
    ["two operations and no name", post("query A { latest } query B { latest }"), "OPERATION_RESOLUTION_FAILURE"],
    ["questions about the schema", post("{ __schema { types { name } } }"), "GRAPHQL_VALIDATION_FAILED"],
    [
      "circular questions about the schema",
      post(`{ __schema { types { ${nested(8, "fields { type { ", "name").replaceAll("}", "} }")} } } }`),
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["the SDL of a subgraph", post("{ _service { sdl } }"), "GRAPHQL_VALIDATION_FAILED"],
    [
      "entities by key",
      post('{ _entities(representations: [{ __typename: "Book", id: "1" }]) { __typename } }'),
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["a subscription", post("subscription { latest }"), "GRAPHQL_VALIDATION_FAILED"],
    ["@defer", post("{ books { id ... @defer { title } } }"), "GRAPHQL_VALIDATION_FAILED"],
    ["definitions of types", post("type Query { a: Int }"), "GRAPHQL_VALIDATION_FAILED"],
    ["nothing but a fragment", post("fragment A on Book { id }"), "GRAPHQL_VALIDATION_FAILED"],
    ["no GraphQL at all", post("qwerty cop{abc}"), "GRAPHQL_PARSE_FAILED"],
    ["a zero byte", post("{ latest\0 }"), "GRAPHQL_PARSE_FAILED"],
  ])("%s", async (_name, attack, code) => {
    const asked = stage.shelf.received.length;
    const outcome = await stage.attempt(attack);
    expect(outcome).toMatchObject({ status: 400, code: expect.stringMatching(`^${code}$`) as string, held: "short" });
    expect(outcome.answer.body).not.toHaveProperty("data");
    expect(outcome.answer.text).not.toMatch(/exception|stack|node_modules/i);
    expect(stage.shelf.received.length).toBe(asked);
  });

  it("ten unknown directives, of which the first five are named", async () => {
    const { status, answer } = await stage.attempt(post(`{ latest ${"@aa".repeat(10)} }`));
    expect([status, answer.body.errors?.length]).toEqual([400, 6]);
  });
});

describe("is answered, because it costs little, and holds nobody up: a document with", () => {
  it.each<[string, Attack]>([
    ["160 inline fragments that overlap", post(`{ ${"... { books { id } } ".repeat(160)} }`)],
    ["500 times __typename", post(`{ ${"__typename ".repeat(500)} }`)],
    [
      "names of every object",
      post("{ __proto__: latest constructor: latest toString: latest hasOwnProperty: latest }"),
    ],
    [
      "a variable called __proto__",
      (round) =>
        postText(
          `{"query":"query ($__proto__: ID!) { book(id: $__proto__) { id } } #${round}","variables":{"__proto__":"1"}}`,
        )(round),
    ],
    ["90,000 commas", post(`{ latest${",".repeat(90_000)} }`)],
    ["a name of 90,000 letters", post(`query ${"A".repeat(90_000)} { latest }`)],
    [
      "150 fragments in a chain",
      post(
        `{ books { ...F0 } } ${times(149, (n) => `fragment F${n} on Book { id ...F${n + 1} }`)} fragment F149 on Book { id }`,
      ),
    ],
    [
      "conditions that leave a plan many ways",
      (round) =>
        post(
          `query (${times(12, (n) => `$v${n}: Boolean!`)}) { books(first: ${round}) { ${times(12, (n) => `... @include(if: $v${n}) { stars }`)} } }`,
          { variables: Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`v${n}`, true])) },
        )(round),
    ],
  ])("%s", async (_name, attack) => {
    const { status, held } = await stage.attempt(attack);
    expect([status, held]).toEqual([200, "short"]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

it("would see that the loop is held", async () => {
  const held = await stage.heldBy(() => stage.hold(2 * longestHold));
  expect(held).toBeGreaterThan(longestHold);
});
