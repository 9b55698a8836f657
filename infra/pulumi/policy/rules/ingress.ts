import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";

/** Networks that nobody on the Internet has (RFC 1918, 6598, 4193), as first bits. */
const INNER = [
  { bits: 8, of: "10.0.0.0" },
  { bits: 12, of: "172.16.0.0" },
  { bits: 16, of: "192.168.0.0" },
  { bits: 10, of: "100.64.0.0" },
];

const numberOf = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/** Whether all addresses of a network are of the Internet, or some: half of the world twice is the world. */
export function isOutside(cidr: string): boolean {
  const [address = "", length = ""] = cidr.split("/");
  if (cidr.includes(":")) return !/^f[cd][0-9a-f]{2}:/i.test(address) || Number(length) < 8;
  const first = (bits: number, text: string) => Math.floor(numberOf(text) / 2 ** (32 - bits));
  return !INNER.some(({ bits, of }) => Number(length || 32) >= bits && first(bits, address) === first(bits, of));
}

/** The edge needs no hole either: CloudFront comes through its own list of addresses. */
export const ingress: ResourceValidationPolicy = {
  name: "ingress",
  description: "No security group lets addresses of the Internet in.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource: [
    validateResourceOfType(vpc.SecurityGroupIngressRule, ({ cidrIpv4, cidrIpv6 }, _, report) => {
      for (const cidr of [cidrIpv4, cidrIpv6]) if (cidr && isOutside(cidr)) report(`lets ${cidr} in`);
    }),
    validateResourceOfType(ec2.SecurityGroupRule, ({ type, cidrBlocks, ipv6CidrBlocks }, _, report) => {
      if (type !== "ingress") return;
      for (const cidr of [...(cidrBlocks ?? []), ...(ipv6CidrBlocks ?? [])]) {
        if (isOutside(cidr)) report(`lets ${cidr} in`);
      }
    }),
    validateResourceOfType(ec2.SecurityGroup, (group, _, report) => inline(group.ingress, report)),
    // What names no group of its own gets this one.
    validateResourceOfType(ec2.DefaultSecurityGroup, (group, _, report) => inline(group.ingress, report)),
  ],
};

function inline(
  rules: { cidrBlocks?: string[]; ipv6CidrBlocks?: string[] }[] | undefined,
  report: ReportViolation,
): void {
  for (const { cidrBlocks, ipv6CidrBlocks } of rules ?? []) {
    for (const cidr of [...(cidrBlocks ?? []), ...(ipv6CidrBlocks ?? [])]) {
      if (isOutside(cidr)) report(`lets ${cidr} in`);
    }
  }
}
