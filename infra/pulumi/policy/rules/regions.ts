import { type ResourceValidationPolicy } from "@pulumi/policy";
import { regions as allowed } from "../../lib/regions.ts";
import { known } from "../unknown.ts";

/** Data stays where contracts say: nothing is made in a region that is not on the list. */
export const regions: ResourceValidationPolicy = {
  name: "regions",
  description: "Resources are made in allowed regions only.",
  enforcementLevel: "mandatory",
  severity: "high",
  configSchema: {
    properties: { allowed: { type: "array", items: { type: "string" }, default: [...allowed] } },
  },
  validateResource({ type, props, getConfig }, report) {
    if (!type.startsWith("aws:") && type !== "pulumi:providers:aws") return;
    const list = getConfig<{ allowed?: string[] }>().allowed ?? allowed;
    const region = known(() => (props as { region?: string }).region);
    if (region && !list.some((one) => one === region)) report(`region ${region} is not allowed`);
  },
};
