import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
import { ingress, isOutside } from "./ingress.ts";

const rule = (props: Record<string, unknown>) => ({ kind: "vpc.SecurityGroupIngressRule", name: "door", props });

describe("the rule on ingress", () => {
  it("accepts groups, lists of addresses and inner networks", async () => {
    const fine = [
      rule({ referencedSecurityGroupId: "sg-1" }),
      rule({ prefixListId: "pl-1" }),
      rule({ cidrIpv4: "10.0.0.0/16" }),
    ];
    expect(await examine(ingress, fine)).toEqual([]);
    const egress = { kind: "ec2.SecurityGroupRule", name: "out", props: { type: "egress", cidrBlocks: ["0.0.0.0/0"] } };
    expect(await examine(ingress, [egress])).toEqual([]);
  });

  it("refuses the whole Internet in each way it can be written", async () => {
    const open = [
      rule({ cidrIpv4: "0.0.0.0/0" }),
      rule({ cidrIpv6: "::/0" }),
      { kind: "ec2.SecurityGroupRule", name: "old", props: { type: "ingress", ipv6CidrBlocks: ["::/0"] } },
      { kind: "ec2.SecurityGroup", name: "inline", props: { ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] } },
      { kind: "ec2.DefaultSecurityGroup", name: "default", props: { ingress: [{ ipv6CidrBlocks: ["::/0"] }] } },
    ];
    expect(await examine(ingress, open)).toEqual([
      "door: lets 0.0.0.0/0 in",
      "door: lets ::/0 in",
      "old: lets ::/0 in",
      "inline: lets 0.0.0.0/0 in",
      "default: lets ::/0 in",
    ]);
  });

  it("refuses the Internet in halves, and any part of it", async () => {
    const halves = [rule({ cidrIpv4: "0.0.0.0/1" }), rule({ cidrIpv4: "128.0.0.0/1" }), rule({ cidrIpv6: "2000::/3" })];
    expect(await examine(ingress, halves)).toHaveLength(3);
    const outside = ["203.0.113.7/32", "10.0.0.0/7", "172.32.0.0/12", "192.168.0.0/15", "2001:db8::/64", "fc00::/6"];
    const inside = ["10.0.0.0/8", "10.20.0.0/16", "172.31.0.0/16", "192.168.1.0/24", "100.64.0.0/10", "fd00::/8"];
    expect(outside.filter((cidr) => !isOutside(cidr))).toEqual([]);
    expect(inside.filter(isOutside)).toEqual([]);
  });
});
