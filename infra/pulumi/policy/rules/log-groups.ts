import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { floorSet } from "../floors.ts";
import { isSet } from "../unknown.ts";

const floors = floorSet({
  retentionDays: { about: "Days a log is kept at least", dev: 7, staging: 14, prod: 90 },
});

/** Logs end some day, are there when somebody asks, and nobody reads them without a right to their key. */
export const logGroups: ResourceValidationPolicy = {
  name: "log-groups",
  description: "Log groups are kept for a stated time and encrypted by a key of ours.",
  enforcementLevel: "mandatory",
  severity: "medium",
  configSchema: floors.schema,
  validateResource: validateResourceOfType(cloudwatch.LogGroup, (group, { urn, getConfig }, report) => {
    const least = floors.of("retentionDays", urn, getConfig());
    const days = group.retentionInDays ?? 0;
    if (days === 0) report("retentionInDays is missing: it grows for ever");
    else if (days < least) report(`retentionInDays is ${days}, not ${least}`);
    if (!isSet(() => group.kmsKeyId)) report("kmsKeyId is missing: encrypt with a key of ours");
  }),
};
