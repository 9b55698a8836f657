import * as ec2 from "@pulumi/aws/ec2/index.js";
import { type StackValidationPolicy } from "@pulumi/policy";

/** Who talked to whom is written down for every network, what was let through and what was refused (AWS-1). */
export const flowLogs: StackValidationPolicy = {
  name: "flow-logs",
  description: "Every VPC has flow logs of all its traffic.",
  enforcementLevel: "mandatory",
  severity: "high",
  validateStack({ resources }, report) {
    const logs = resources.filter((one) => one.isType(ec2.FlowLog));
    for (const vpc of resources.filter((one) => one.isType(ec2.Vpc))) {
      const own = logs.filter(({ propertyDependencies }) => (propertyDependencies["vpcId"] ?? []).includes(vpc));
      if (own.length === 0) report("nothing writes down its traffic", vpc.urn);
      else if (!own.some(({ props }) => props["trafficType"] === "ALL")) {
        report("its flow logs leave out part of the traffic: trafficType is not ALL", vpc.urn);
      }
    }
  },
};
