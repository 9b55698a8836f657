import * as elasticache from "@pulumi/aws/elasticache/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { stackOf } from "../floors.ts";
import { isSet, known } from "../unknown.ts";

/** Who reaches the cache still needs a password, may not administrate it, and its master's death is no outage (AWS-3). */
export const cacheAccess: ResourceValidationPolicy = {
  name: "cache-access",
  description: "Caches have users with passwords and without administration, and fail over by themselves (prod).",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource: [
    validateResourceOfType(elasticache.User, (user, _, report) => {
      if (user.noPasswordRequired === true) report("noPasswordRequired lets everybody in");
      const rights = known(() => user.accessString) ?? "";
      if (/\+@all\b/.test(rights) && !/-@admin\b/.test(rights))
        report("accessString gives the rights of administration");
    }),
    validateResourceOfType(elasticache.ReplicationGroup, (group, { urn }, report) => {
      const hasUsers = isSet(() => group.userGroupIds) || isSet(() => group.authToken);
      if (!hasUsers) report("userGroupIds is missing: everybody in the network may use it");
      // Without these AWS takes its own network, whose subnets are public, and the group that guards everything.
      if (!isSet(() => group.subnetGroupName)) report("subnetGroupName is missing");
      if (!isSet(() => group.securityGroupIds)) report("securityGroupIds is missing");
      if (stackOf(urn) !== "prod") return;
      if (group.automaticFailoverEnabled !== true) report("automaticFailoverEnabled is not true");
      if (group.multiAzEnabled !== true) report("multiAzEnabled is not true");
    }),
    validateResourceOfType(elasticache.ServerlessCache, (cache, _, report) => {
      if (!isSet(() => cache.userGroupId)) report("userGroupId is missing: everybody in the network may use it");
      if (!isSet(() => cache.subnetIds)) report("subnetIds is missing");
      if (!isSet(() => cache.securityGroupIds)) report("securityGroupIds is missing");
    }),
  ],
};
