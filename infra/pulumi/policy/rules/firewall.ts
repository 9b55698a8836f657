import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { stackOf } from "../floors.ts";
import { known } from "../unknown.ts";

const WANTED = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
];
/** The gateway has a limit of bodies of its own. */
const COUNTED = ["SizeRestrictions_BODY"];
/** Requests of one address in five minutes, at most: what a company behind one address may need on its best day. */
const MOST = 20_000;
/** Headers that let somebody in: nobody should read them in a log. */
const SECRET_HEADERS = ["authorization", "cookie", "x-api-key"];

/** The firewall of production refuses, not only counts, and its log keeps no credentials (AWS-4). */
export const firewall: ResourceValidationPolicy = {
  name: "firewall",
  description: "The firewall has AWS's rule groups and a rate, refuses in production, and logs no credentials.",
  enforcementLevel: "mandatory",
  severity: "high",
  validateResource: [
    validateResourceOfType(wafv2.WebAcl, (acl, { urn }, report) => {
      const rules = known(() => acl.rules) ?? [];
      const groups = rules.map(({ statement }) => statement?.managedRuleGroupStatement?.name);
      for (const wanted of WANTED) if (!groups.includes(wanted)) report(`it has no ${wanted}`);
      if (!rules.some(({ statement }) => statement?.rateBasedStatement)) report("it bounds no address's requests");
      if (stackOf(urn) !== "prod") return;
      for (const { name, overrideAction, action, statement } of rules) {
        if (overrideAction?.count || action?.count) report(`rule ${name} only counts`);
        const { ruleActionOverrides = [], scopeDownStatement } = statement?.managedRuleGroupStatement ?? {};
        for (const { name: part, actionToUse } of ruleActionOverrides ?? []) {
          if (!COUNTED.includes(part) && !actionToUse?.block) report(`rule ${name} does not refuse by ${part}`);
        }
        if (scopeDownStatement) report(`rule ${name} looks at part of the requests`);
        const { limit = 0 } = statement?.rateBasedStatement ?? {};
        if (limit > MOST) report(`rule ${name} lets ${limit} requests of an address through`);
      }
    }),
    validateResourceOfType(wafv2.WebAclLoggingConfiguration, ({ redactedFields }, _, report) => {
      const redacted = (known(() => redactedFields) ?? []).map(({ singleHeader }) => singleHeader?.name);
      for (const header of SECRET_HEADERS) if (!redacted.includes(header)) report(`it logs the header ${header}`);
    }),
  ],
};
