import { describe, expect, it } from "vitest";
import { readEnv } from "../env.ts";
import { defaultLimits } from "./limit-rules.ts";
import { limitRulesOf } from "./settings.ts";

const required = { INTERNAL_SIGNING_KEYS: "one:0123456789abcdef0123456789abcdef" };
const rulesWith = (env: Record<string, string> = {}) => limitRulesOf(readEnv({ ...required, ...env }));

describe("the limits of operations", () => {
  // Unlike rate limits: what is too large while developing would be too large in production.
  it.each([undefined, "production", "staging", "development", "test"])(
    "refuse with NODE_ENV=%s, and are the same as everywhere",
    (NODE_ENV) => {
      expect(rulesWith(NODE_ENV === undefined ? {} : { NODE_ENV })).toEqual({ ...defaultLimits, tellsCost: true });
    },
  );

  it("are 25 levels, 500 fields, 30 aliases, 20 root fields, 50 directives, and points by client", () => {
    const { classes, listSize } = rulesWith();
    const shape = { depth: 25, height: 500, aliases: 30, rootFields: 20, directives: 50 };
    expect(classes).toEqual({
      app: { ...shape, cost: 20_000 },
      developer: { ...shape, cost: 50_000 },
      partner: { ...shape, cost: 10_000 },
    });
    expect(listSize).toBe(10);
  });

  it("take numbers by client, and only measure when that is said", () => {
    const { mode, classes } = rulesWith({ LIMITS_MODE: "measure", LIMIT_DEPTH: "partner=4", LIMIT_COST_APPS: "7" });
    expect(mode).toBe("measure");
    expect(Object.values(classes).map(({ depth }) => depth)).toEqual([25, 25, 4]);
    expect(classes.app.cost).toBe(7);
  });

  it.each([
    ["LIMITS_MODE", "off"],
    ["LIMIT_DEPTH", "partners=4"],
    ["LIMIT_COST_PARTNERS", "0"],
  ])("do not begin with %s=%s", (name, value) => {
    expect(() => rulesWith({ [name]: value })).toThrow(name);
  });
});
