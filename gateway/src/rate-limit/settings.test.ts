import { describe, expect, it } from "vitest";
import { readEnv } from "../env.ts";
import { rateLimitRulesOf } from "./settings.ts";

const required = { INTERNAL_SIGNING_KEYS: "one:0123456789abcdef0123456789abcdef" };
const rulesWith = (env: Record<string, string> = {}) => rateLimitRulesOf(readEnv({ ...required, ...env }));

describe("the rate limits", () => {
  it("are 100 requests of a visitor in 15 minutes, and those of everybody else", () => {
    expect(rulesWith()).toEqual({
      ...{ mode: "enforce", namespace: "tradegraph", windowMs: 15 * 60_000, instances: 2 },
      ...{ visitorRequests: 100, userRequests: 1_500, signIns: 10, accountSignIns: 50, failures: 100 },
      ...{ partnerPoints: 10_000, partnerRestore: 100 },
    });
  });

  it("are set by the names that deployments know", () => {
    expect(rulesWith({ RATE_LIMIT_WINDOW_MS: "60000", RATE_LIMIT_MAX_REQUESTS: "7" })).toMatchObject({
      ...{ windowMs: 60_000, visitorRequests: 7 },
    });
  });

  it.each([
    [undefined, "enforce"],
    ["production", "enforce"],
    ["staging", "enforce"],
    ["development", "measure"],
    ["test", "measure"],
  ])("with NODE_ENV=%s are set to %s", (NODE_ENV, mode) => {
    expect(rulesWith(NODE_ENV === undefined ? {} : { NODE_ENV })?.mode).toBe(mode);
  });

  it("are as RATE_LIMIT_MODE says, wherever that is set", () => {
    expect(rulesWith({ NODE_ENV: "development", RATE_LIMIT_MODE: "enforce" })?.mode).toBe("enforce");
    expect(rulesWith({ RATE_LIMIT_MODE: "measure" })?.mode).toBe("measure");
    expect(rulesWith({ RATE_LIMIT_MODE: "off" })).toBeUndefined();
  });

  it.each([
    ["RATE_LIMIT_WINDOW_MS", "0"],
    ["RATE_LIMIT_MAX_REQUESTS", "0"],
    ["RATE_LIMIT_MAX_REQUESTS", "many"],
    ["RATE_LIMIT_MODE", "on"],
  ])("do not begin with %s=%s", (name, value) => {
    expect(() => rulesWith({ [name]: value })).toThrow(name);
  });
});
