// Mutations that were made to hurt where requests are counted: that happens before any other limit sees them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Attack, type AttackStage, post, startAttackStage, times } from "./attack-stage.ts";
import { limits } from "./rate-limit-stage.ts";

const many = 100_000;
let stage: AttackStage;
beforeAll(async () => {
  stage = await startAttackStage({
    ...{ introspection: false, planning: { timeoutMs: 2_000 }, trustedProxies: 1 },
    rateLimit: limits({ instances: 1, visitorRequests: many, signIns: 20 }),
  });
}, 60_000);
afterAll(() => stage.stop());

const fanOut = (levels: number, last: string) =>
  `mutation { ...F0 } ${times(levels, (n) => `fragment F${n} on Mutation { ...F${n + 1} ...F${n + 1} }`)} fragment F${levels} on Mutation { ${last} }`;
const login = (email: string) => `login(input: { email: "${email}" }) { id }`;
const from = (address: string) => ({ "x-forwarded-for": address });

describe("is refused and holds nobody up: a mutation with", () => {
  it.each<[string, Attack, number, string]>([
    ["fragments that double 24 times", post(fanOut(24, "__typename")), 400, "MAX_HEIGHT_LIMIT"],
    ["fragments that double 100 times", post(fanOut(100, "__typename")), 400, "MAX_HEIGHT_LIMIT"],
    ["sign-ins that double 24 times", post(fanOut(24, login("a@x")), {}, from("192.0.2.1")), 429, "RATE_LIMITED"],
    ["sign-ins that double 100 times", post(fanOut(100, login("a@x")), {}, from("192.0.2.2")), 429, "RATE_LIMITED"],
    [
      "fragments in a circle of 150",
      post(
        `mutation { ...F0 } ${times(150, (n) => `fragment F${n} on Mutation { ...F${(n + 1) % 150} }`)}`,
        {},
        from("192.0.2.3"),
      ),
      400,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["16,000 sign-ins", post(`mutation { ${"login ".repeat(16_000)} }`, {}, from("192.0.2.5")), 429, "RATE_LIMITED"],
  ])("%s", async (_name, attack, status, code) => {
    const outcome = await stage.attempt(attack);
    expect(outcome).toMatchObject({ status, code, held: "short" });
  });
});

describe("is answered, because it costs little, and holds nobody up: a mutation with", () => {
  it.each<[string, Attack]>([
    [
      "400 inline fragments in each other",
      post(`mutation { ${"... { ".repeat(400)}${login("a@x")}${" }".repeat(400)} }`, {}, from("192.0.2.4")),
    ],
    ["95,000 letters of a password", post(`mutation { ${login("a".repeat(95_000))} }`, {}, from("192.0.2.6"))],
  ])("%s", async (_name, attack) => {
    const { status, held } = await stage.attempt(attack);
    expect([status, held]).toEqual([200, "short"]);
  });
});

it("tries passwords no more often from many networks of one IPv6 site than from three", async () => {
  const attacks = Array.from({ length: 100 }, (_, n) =>
    post(`mutation { ${login(`a${n}@x`)} }`, {}, from(`2001:db8:7:${n.toString(16)}::1`)),
  );
  const { held, answers } = await stage.flood(attacks);
  expect(held).toBe("short");
  expect(answers.filter(({ status }) => status !== 429)).toHaveLength(60);
});
