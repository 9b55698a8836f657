// Rules of the firewall at the edge, by price: what is cheap to tell comes first.
import { type WebAclArgs } from "@pulumi/aws/wafv2/index.js";
import type * as pulumi from "@pulumi/pulumi";

export interface FirewallRules {
  /** `count` only writes down what would be blocked. */
  mode: "count" | "block";
  /** AWS's group against floods of requests; it costs by the request. */
  antiDdos: boolean;
  /** Requests of one address in five minutes. */
  requestsPerAddress: number;
}

type Rule = Extract<pulumi.Unwrap<WebAclArgs["rules"]>, unknown[]>[number];

/**
 * Bodies above 8 KiB are refused by AWS's common rules; an operation with its variables may be longer, and the gateway has
 * a limit of its own.
 */
const COUNTED = ["SizeRestrictions_BODY"];

/** The rules, in their order. */
export function firewallRules({ mode, antiDdos, requestsPerAddress }: FirewallRules): Rule[] {
  const group = (name: string, statement: object = {}) => ({
    name,
    overrideAction: mode === "count" ? { count: {} } : { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name, ...statement } },
  });
  const rules = [
    ...(antiDdos ? [group("AWSManagedRulesAntiDDoSRuleSet", antiDdosConfiguration)] : []),
    group("AWSManagedRulesAmazonIpReputationList"),
    group("AWSManagedRulesKnownBadInputsRuleSet"),
    group("AWSManagedRulesCommonRuleSet", {
      ruleActionOverrides: COUNTED.map((name) => ({ name, actionToUse: { count: {} } })),
    }),
    {
      name: "rate",
      action: mode === "count" ? { count: {} } : { block: tooMany },
      statement: {
        rateBasedStatement: { limit: requestsPerAddress, aggregateKeyType: "IP", evaluationWindowSec: 300 },
      },
    },
  ];
  return rules.map((rule, priority) => ({
    ...rule,
    priority,
    visibilityConfig: { metricName: rule.name, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true },
  }));
}

const tooMany = {
  customResponse: { responseCode: 429, responseHeaders: [{ name: "retry-after", value: "300" }] },
};

/** A program cannot solve the puzzle that browsers are given, so it is for pages alone. */
const antiDdosConfiguration = {
  managedRuleGroupConfigs: [
    {
      awsManagedRulesAntiDdosRuleSet: {
        sensitivityToBlock: "LOW",
        clientSideActionConfig: { challenge: { usageOfAction: "DISABLED" } },
      },
    },
  ],
};
