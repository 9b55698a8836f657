import { describe, expect, it } from "vitest";
import { examine, type Example, UNKNOWN } from "../examine.ts";
import { databasePort } from "./database-port.ts";

const groups: Example[] = ["subgraphs", "gateway"].map((name) => ({
  kind: "ec2.SecurityGroup",
  name,
  props: { name: `tradegraph-prod-${name}` },
}));
const from = (client: string, port = 27017): Example => ({
  kind: "vpc.SecurityGroupIngressRule",
  name: "rule",
  props: { ipProtocol: "tcp", fromPort: port, toPort: port, referencedSecurityGroupId: UNKNOWN },
  refers: { referencedSecurityGroupId: [client] },
});
const addresses = (props: Record<string, unknown>): Example => ({
  kind: "vpc.SecurityGroupIngressRule",
  name: "rule",
  props,
});

describe("the rule on the database's port", () => {
  it("lets the subgraphs in, and others to other ports", async () => {
    const fine = [...groups, from("subgraphs"), from("gateway", 4001)];
    expect(await examine(databasePort, fine)).toEqual([]);
    expect(await examine(databasePort, [addresses({ fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" })])).toEqual(
      [],
    );
  });

  it("refuses the gateway and whatever comes by address", async () => {
    expect(await examine(databasePort, [...groups, from("gateway")])).toEqual([
      "rule: opens 27017 to tradegraph-prod-gateway",
    ]);
    const message = ["rule: opens 27017 to addresses instead of a security group"];
    expect(
      await examine(databasePort, [addresses({ fromPort: 27017, toPort: 27017, cidrIpv4: "10.0.0.0/16" })]),
    ).toEqual(message);
    expect(await examine(databasePort, [addresses({ fromPort: 20000, toPort: 30000, prefixListId: "pl-1" })])).toEqual(
      message,
    );
    expect(await examine(databasePort, [addresses({ ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" })])).toEqual(message);
  });

  it("refuses rules inside a group, where nobody sees them", async () => {
    const inline = { kind: "ec2.SecurityGroup", name: "old", props: { name: "old", ingress: [{ fromPort: 27017 }] } };
    expect(await examine(databasePort, [inline])).toEqual(["old: has rules inside itself: write each as a resource"]);
    const shared = { kind: "ec2.DefaultSecurityGroup", name: "default", props: { ingress: [{ protocol: "-1" }] } };
    expect(await examine(databasePort, [shared])).toHaveLength(1);
  });

  it("refuses the older kind of rule, which names nobody", async () => {
    const old = (props: Record<string, unknown>) => ({ kind: "ec2.SecurityGroupRule", name: "old", props });
    const message = ["old: opens 27017 by a rule of the older kind: write it as vpc.SecurityGroupIngressRule"];
    const open = { type: "ingress", protocol: "tcp", fromPort: 27017, toPort: 27017, cidrBlocks: ["10.0.0.0/8"] };
    expect(await examine(databasePort, [old(open)])).toEqual(message);
    expect(await examine(databasePort, [old({ type: "ingress", protocol: "-1" })])).toEqual(message);
    expect(await examine(databasePort, [old({ ...open, type: "egress" })])).toEqual([]);
  });
});
