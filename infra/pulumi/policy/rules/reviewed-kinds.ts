import { type ResourceValidationPolicy } from "@pulumi/policy";
import { cloudControlKinds, kinds } from "../kinds.ts";
import { known } from "../unknown.ts";

/** What no rule knows, no rule can refuse: a kind is looked at before it is used. */
export const reviewedKinds: ResourceValidationPolicy = {
  name: "reviewed-kinds",
  description: "Resources are of kinds that the rules of this pack were written for.",
  enforcementLevel: "mandatory",
  severity: "high",
  validateResource({ type, props }, report) {
    if (!type.startsWith("aws:")) return;
    // "aws:docdb/cluster:Cluster" and, for older tokens, "aws:docdb:Cluster".
    const [, module = "", name = ""] = type.split(":");
    const service = module.split("/")[0] ?? "";
    if (!kinds[service]?.includes(name))
      report(`no rule was written for ${service}.${name}: review it, then add it to policy/kinds.ts`);
    if (service !== "cloudcontrol") return;
    const made = String(known(() => (props as { typeName?: string }).typeName) ?? "what nobody knows yet");
    if (!cloudControlKinds.includes(made)) report(`no rule was written for ${made}, which Cloud Control makes`);
  },
};
