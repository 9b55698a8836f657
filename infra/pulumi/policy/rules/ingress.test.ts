import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
import { ingress } from "./ingress.ts";

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
    ];
    expect(await examine(ingress, open)).toEqual([
      "door: lets 0.0.0.0/0 in",
      "door: lets ::/0 in",
      "old: lets ::/0 in",
      "inline: lets 0.0.0.0/0 in",
    ]);
  });
});
