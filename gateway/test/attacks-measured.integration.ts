// Limits that are only measured: what is above one runs, and what is bounded for the gateway's own sake is refused all the
// same, by what docs/LIMITS.md says.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultLimits } from "../src/limits/limit-rules.ts";
import { type Attack, type AttackStage, post, postText, startAttackStage, times } from "./attack-stage.ts";

let stage: AttackStage;
beforeAll(async () => {
  stage = await startAttackStage({
    ...{ introspection: false, planning: { timeoutMs: 2_000 } },
    limits: { ...defaultLimits, mode: "measure" },
  });
}, 60_000);
afterAll(() => stage.stop());

const nested = (depth: number) => `${"similar { ".repeat(depth)}id${" }".repeat(depth)}`;
const doubling = (levels: number) =>
  `{ books { ...F0 } } ${times(levels, (n) => `fragment F${n} on Book { ...F${n + 1} ...F${n + 1} }`)} fragment F${levels} on Book { id }`;

describe("is answered where limits are only measured: an operation above the limit on", () => {
  it.each<[string, Attack]>([
    ["depth", post(`{ books { ${nested(30)} } }`)],
    ["height", post(`{ ${"latest ".repeat(501)} }`)],
    ["aliases", post(`{ books { ${times(31, (n) => `a${n}: id`)} } }`)],
    ["root fields", post(`{ ${times(21, (n) => `a${n}: latest`)} }`)],
    ["root fields of a mutation", post(`mutation { ${times(11, (n) => `a${n}: rate(id: "1")`)} }`)],
    ["directives", post(`{ ${times(51, (n) => `a${n}: latest @include(if: true)`)} }`)],
    ["cost", post("{ books(first: 100000) { id } }")],
  ])("%s", async (_name, attack) => {
    const { status, answer } = await stage.attempt(attack);
    expect([status, answer.body.errors]).toEqual([200, undefined]);
  });
});

describe("is refused though limits are only measured, and holds nobody up:", () => {
  it.each<[string, Attack, number, string, RegExp]>([
    [
      "more than 10,000 selections, fragments expanded",
      post(doubling(13)),
      ...([400, "GRAPHQL_VALIDATION_FAILED", /recursively requests too many selections/] as const),
    ],
    [
      "more than all numbers of them",
      post(doubling(100)),
      ...([400, "GRAPHQL_VALIDATION_FAILED", /recursively requests too many selections/] as const),
    ],
    [
      "more than 2,000 tokens",
      post(`{ ${"latest ".repeat(1_999)} }`),
      ...([400, "GRAPHQL_PARSE_FAILED", /more that 2000 tokens/] as const),
    ],
    ["a body that is too long", post(`{ latest ${" ".repeat(110_000)} }`), 413, "BODY_TOO_LARGE", /./],
    [
      "variables of 101 levels",
      (round) => postText(`{"query":"{ latest } #${round}","variables":{"x":${"[".repeat(100)}${"]".repeat(100)}}}`)(0),
      ...([400, "BAD_REQUEST", /100 levels/] as const),
    ],
  ])("%s", async (_name, attack, status, code, message) => {
    const outcome = await stage.attempt(attack);
    expect(outcome).toMatchObject({ status, code, held: "short" });
    expect(outcome.answer.body.errors?.map((error) => error.message).join()).toMatch(message);
  });
});

it("lets 6,000 selections run, fragments expanded", async () => {
  const { status, answer } = await stage.attempt(post(doubling(11)));
  expect([status, answer.body.errors]).toEqual([200, undefined]);
});
