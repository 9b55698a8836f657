import * as ecs from "@pulumi/aws/ecs/index.js";
import * as lb from "@pulumi/aws/lb/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";

/** The edge is the only way in: nothing behind it has an address of the Internet. */
export const publicAddress: ResourceValidationPolicy = {
  name: "public-address",
  description: "Tasks have no public address, and load balancers are internal.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource: [
    validateResourceOfType(ecs.Service, ({ networkConfiguration }, _, report) => {
      if (networkConfiguration?.assignPublicIp === true) report("assignPublicIp gives tasks a public address");
    }),
    validateResourceOfType(lb.LoadBalancer, ({ internal }, _, report) => {
      if (internal !== true) report("internal is not true: the Internet reaches it past the firewall");
    }),
  ],
};
