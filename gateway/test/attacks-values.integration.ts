// Values that were made to hurt, and messages about them: graphql-js writes down whatever is wrong, as often as it is wrong.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Attack, type AttackStage, get, post, startAttackStage, times } from "./attack-stage.ts";

let stage: AttackStage;
beforeAll(async () => {
  stage = await startAttackStage({ planning: {} });
}, 60_000);
afterAll(() => stage.stop());

const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]));
const list = <T>(count: number, value: T) => Array.from({ length: count }, () => value);
const find = "query ($v: Filter) { find(filter: $v) { id } }";
const search = (query: string, variables: object): Attack => {
  return get(`/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`);
};

describe("holds nobody up, and is answered shortly: an operation with", () => {
  it.each<[string, Attack, string]>([
    ["7,000 members that the type does not have", post(find, { variables: { v: keys(7_000) } }), "BAD_USER_INPUT"],
    [
      "members that are nearly those of the type",
      post(find, { variables: { v: Object.fromEntries(list(3_000, 0).map((_, at) => [`names${at}`, 1])) } }),
      "BAD_USER_INPUT",
    ],
    ["900 of them in an address", search(find, { v: keys(900) }), "BAD_USER_INPUT"],
    [
      "30,000 wrong elements",
      post("query ($v: [String!]) { find(filter: { names: $v }) { id } }", { variables: { v: list(30_000, 1) } }),
      "BAD_USER_INPUT",
    ],
    [
      "15,000 wrong elements in an object",
      post(find, { variables: { v: { names: list(15_000, {}) } } }),
      "BAD_USER_INPUT",
    ],
    [
      "3,000 wrong members of a mutation's input",
      post("mutation ($v: LoginInput!) { login(input: $v) { id } }", { variables: { v: keys(3_000) } }),
      "BAD_USER_INPUT",
    ],
    [
      "200 variables that nobody uses and a long name",
      post(`query ${"N".repeat(90_000)}(${times(200, (at) => `$v${at}: Int`)}) { latest }`),
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "a text that looks like suggestions",
      post(`{ books(colour: "${"Did you mean".repeat(8_000)}") { id } }`),
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "a text that looks like one long suggestion",
      post(`{ books(colour: "Did you mean${" ".repeat(90_000)}") { id } }`),
      "GRAPHQL_VALIDATION_FAILED",
    ],
  ])("%s", async (_name, attack, code) => {
    const outcome = await stage.attempt(attack);
    expect(outcome).toMatchObject({ status: 400, code, held: "short" });
    expect(outcome.answer.text.length).toBeLessThan(6_000);
    expect(outcome.answer.text).not.toMatch(/did you mean "/i);
  });
});

it("tells the first faults of variables, each by its name", async () => {
  const { answer } = await stage.attempt(post(find, { variables: { v: { names: [1, 2, 3, 4] } } }));
  expect(answer.body.errors?.map(({ message }) => message)).toEqual([
    expect.stringContaining('at "v.names[0]"'),
    expect.stringContaining('at "v.names[1]"'),
    expect.stringContaining('at "v.names[2]"'),
  ]);
});
