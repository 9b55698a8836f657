import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";

const WORLD = ["0.0.0.0/0", "::/0"];

/** The edge needs no hole either: CloudFront comes through its own list of addresses. */
export const ingress: ResourceValidationPolicy = {
  name: "ingress",
  description: "No security group lets the whole Internet in.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource: [
    validateResourceOfType(vpc.SecurityGroupIngressRule, ({ cidrIpv4, cidrIpv6 }, _, report) => {
      for (const cidr of [cidrIpv4, cidrIpv6]) if (cidr && WORLD.includes(cidr)) report(`lets ${cidr} in`);
    }),
    validateResourceOfType(ec2.SecurityGroupRule, ({ type, cidrBlocks, ipv6CidrBlocks }, _, report) => {
      if (type !== "ingress") return;
      for (const cidr of [...(cidrBlocks ?? []), ...(ipv6CidrBlocks ?? [])]) {
        if (WORLD.includes(cidr)) report(`lets ${cidr} in`);
      }
    }),
    validateResourceOfType(ec2.SecurityGroup, (group, _, report) => {
      for (const { cidrBlocks, ipv6CidrBlocks } of group.ingress ?? []) {
        for (const cidr of [...(cidrBlocks ?? []), ...(ipv6CidrBlocks ?? [])]) {
          if (WORLD.includes(cidr)) report(`lets ${cidr} in`);
        }
      }
    }),
  ],
};
