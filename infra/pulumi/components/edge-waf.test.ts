import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { EdgeWaf, type EdgeWafArgs } from "./edge-waf.ts";

interface Rule {
  name: string;
  priority: number;
  action?: object;
  overrideAction?: object;
  statement: { managedRuleGroupStatement?: { ruleActionOverrides?: object[] }; rateBasedStatement?: object };
}

const made = async (changed: Partial<EdgeWafArgs> = {}) => {
  const recorded = await mockEngine();
  const rest = { name: "edge", requestsPerAddress: 2000, logRetentionDays: 30 };
  new EdgeWaf("firewall", { ...rest, mode: "block", antiDdos: false, ...changed });
  return recorded;
};
const rulesOf = async (changed: Partial<EdgeWafArgs> = {}) =>
  (await (await made(changed)).only("wafv2.WebAcl")).inputs["rules"] as Rule[];

describe("EdgeWaf", () => {
  it("lives where CloudFront looks for it, with its logs", async () => {
    const recorded = await made();
    for (const { inputs } of await recorded.all()) {
      if (Object.keys(inputs).length > 0) expect(inputs["region"]).toBe("us-east-1");
    }
    expect((await recorded.only("wafv2.WebAcl")).inputs["scope"]).toBe("CLOUDFRONT");
    expect((await recorded.only("cloudwatch.LogGroup")).inputs["name"]).toBe("aws-waf-logs-edge");
  });

  it("blocks bad addresses, bad inputs, and too many requests", async () => {
    const rules = await rulesOf();
    expect(rules.map(({ name }) => name)).toEqual([
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesCommonRuleSet",
      "rate",
    ]);
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(4);
    expect(rules.map(({ overrideAction, action }) => Object.keys(overrideAction ?? action ?? {}))).toEqual([
      ["none"],
      ["none"],
      ["none"],
      ["block"],
    ]);
    expect(rules.at(-1)?.statement.rateBasedStatement).toMatchObject({ limit: 2000, aggregateKeyType: "IP" });
  });

  it("lets long operations through: their size is the gateway's business", async () => {
    const common = (await rulesOf()).find(({ name }) => name === "AWSManagedRulesCommonRuleSet");
    expect(common?.statement.managedRuleGroupStatement?.ruleActionOverrides).toEqual([
      { name: "SizeRestrictions_BODY", actionToUse: { count: {} } },
    ]);
  });

  it("blocks nothing where it only counts", async () => {
    const rules = await rulesOf({ mode: "count", antiDdos: true });
    expect(rules).toHaveLength(5);
    for (const { action, overrideAction } of rules) expect(action ?? overrideAction).toEqual({ count: {} });
  });

  it("stops floods first where that is paid for", async () => {
    expect((await rulesOf({ antiDdos: true }))[0]?.name).toBe("AWSManagedRulesAntiDDoSRuleSet");
  });

  it("logs no credentials", async () => {
    const { inputs } = await (await made()).only("wafv2.WebAclLoggingConfiguration");
    expect(inputs["redactedFields"]).toEqual(
      ["authorization", "cookie", "x-api-key"].map((name) => ({ singleHeader: { name } })),
    );
  });
});
