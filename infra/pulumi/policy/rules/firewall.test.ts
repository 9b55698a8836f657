import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
import { firewall } from "./firewall.ts";

const group = (name: string, changed: object = { overrideAction: { none: {} } }) => ({
  name,
  statement: { managedRuleGroupStatement: { name } },
  ...changed,
});
const rate = { name: "rate", action: { block: {} }, statement: { rateBasedStatement: { limit: 2000 } } };
const good = [
  group("AWSManagedRulesAmazonIpReputationList"),
  group("AWSManagedRulesKnownBadInputsRuleSet"),
  group("AWSManagedRulesCommonRuleSet"),
  rate,
];
const acl = (rules: object[]) => [{ kind: "wafv2.WebAcl", name: "firewall", props: { rules } }];
const logging = (...headers: string[]) => [
  {
    kind: "wafv2.WebAclLoggingConfiguration",
    name: "firewall",
    props: { redactedFields: headers.map((name) => ({ singleHeader: { name } })) },
  },
];

describe("the rule on the firewall", () => {
  it("accepts rules that refuse, and in dev those that count", async () => {
    expect(await examine(firewall, acl(good))).toEqual([]);
    const counting = [group("AWSManagedRulesCommonRuleSet", { overrideAction: { count: {} } }), ...good];
    expect(await examine(firewall, acl(counting), { stack: "dev" })).toEqual([]);
    expect(await examine(firewall, acl(counting))).toEqual(["firewall: rule AWSManagedRulesCommonRuleSet only counts"]);
  });

  it("misses each rule by name", async () => {
    expect(await examine(firewall, acl(good.slice(1)))).toEqual([
      "firewall: it has no AWSManagedRulesAmazonIpReputationList",
    ]);
    expect(await examine(firewall, acl(good.slice(0, 3)))).toEqual(["firewall: it bounds no address's requests"]);
    const counted = [...good.slice(0, 3), { ...rate, action: { count: {} } }];
    expect(await examine(firewall, acl(counted))).toEqual(["firewall: rule rate only counts"]);
  });

  it("refuses in prod what switches a group off by parts, narrows it, or bounds nothing", async () => {
    const changed = (statement: object) => [
      ...good.slice(0, 2),
      {
        ...group("AWSManagedRulesCommonRuleSet"),
        statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet", ...statement } },
      },
      rate,
    ];
    const counting = (name: string) => changed({ ruleActionOverrides: [{ name, actionToUse: { count: {} } }] });
    expect(await examine(firewall, acl(counting("SizeRestrictions_BODY")))).toEqual([]);
    expect(await examine(firewall, acl(counting("CrossSiteScripting_BODY")))).toEqual([
      "firewall: rule AWSManagedRulesCommonRuleSet does not refuse by CrossSiteScripting_BODY",
    ]);
    expect(await examine(firewall, acl(changed({ scopeDownStatement: { geoMatchStatement: {} } })))).toHaveLength(1);
    const wide = { ...rate, statement: { rateBasedStatement: { limit: 2_000_000_000 } } };
    expect(await examine(firewall, acl([...good.slice(0, 3), wide]))).toHaveLength(1);
    expect(await examine(firewall, acl([...good.slice(0, 3), wide]), { stack: "staging" })).toEqual([]);
  });

  it("refuses logs with credentials", async () => {
    expect(await examine(firewall, logging("authorization", "cookie", "x-api-key"))).toEqual([]);
    expect(await examine(firewall, logging("cookie", "x-api-key"))).toEqual([
      "firewall: it logs the header authorization",
    ]);
  });
});
