import { describe, expect, it } from "vitest";
import { examine, type Example, UNKNOWN } from "../examine.ts";
import { isolatedData } from "./isolated-data.ts";

const inside = [{ action: "allow", cidrBlock: "10.0.0.0/19" }];
const accessList = (ingress: object[] = inside): Example => ({
  ...{ kind: "ec2.NetworkAcl", name: "isolated", props: { ingress } },
  refers: { subnetIds: ["isolated-a"] },
});
const plan = (route?: Record<string, unknown>): Example[] => [
  accessList(),
  { kind: "ec2.Subnet", name: "isolated-a" },
  { kind: "ec2.RouteTable", name: "isolated" },
  {
    kind: "ec2.RouteTableAssociation",
    name: "isolated-a",
    refers: { subnetId: ["isolated-a"], routeTableId: ["isolated"] },
  },
  { kind: "docdb.SubnetGroup", name: "database", refers: { subnetIds: ["isolated-a"] } },
  ...(route ? [{ kind: "ec2.Route", name: "out", props: route, refers: { routeTableId: ["isolated"] } }] : []),
];

describe("the rule on isolated data", () => {
  it("accepts subnets without a way out, or with one to an endpoint only", async () => {
    expect(await examine(isolatedData, plan())).toEqual([]);
    expect(await examine(isolatedData, plan({ vpcEndpointId: "vpce-1" }))).toEqual([]);
  });

  it("finds a route to the Internet or a NAT gateway, even one that is yet to be made", async () => {
    const message = ["database: subnet isolated-a has a route to the outside"];
    expect(await examine(isolatedData, plan({ gatewayId: UNKNOWN }))).toEqual(message);
    expect(await examine(isolatedData, plan({ natGatewayId: "nat-1" }))).toEqual(message);
  });

  it.each(["egressOnlyGatewayId", "transitGatewayId", "networkInterfaceId"])("finds a way by %s", async (field) => {
    expect(await examine(isolatedData, plan({ [field]: "x-1" }))).toHaveLength(1);
  });

  it("finds a way that stands in the table itself, and files with a way out", async () => {
    const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }];
    const inline = plan().map((one) => (one.kind === "ec2.RouteTable" ? { ...one, props: { routes } } : one));
    expect(await examine(isolatedData, inline)).toEqual(["database: subnet isolated-a has a route to the outside"]);
    const files: Example = { kind: "efs.MountTarget", name: "files", refers: { subnetId: ["isolated-a"] } };
    const others = plan({ gatewayId: UNKNOWN }).filter(({ kind }) => kind !== "docdb.SubnetGroup");
    const found = await examine(isolatedData, [...others, files]);
    expect(found).toEqual(["files: subnet isolated-a has a route to the outside"]);
  });

  it("finds subnets without an access list, or with one that lets the Internet in", async () => {
    const without = plan().filter(({ kind }) => kind !== "ec2.NetworkAcl");
    expect(await examine(isolatedData, without)).toEqual(["database: subnet isolated-a has no access list"]);
    const open = accessList([...inside, { action: "allow", cidrBlock: "0.0.0.0/0" }]);
    expect(await examine(isolatedData, [...without, open])).toEqual([
      "isolated: the access list of isolated-a lets 0.0.0.0/0 in",
    ]);
    const refused = accessList([...inside, { action: "deny", cidrBlock: "0.0.0.0/0" }]);
    expect(await examine(isolatedData, [...without, refused])).toEqual([]);
  });

  it("finds subnets that give out public addresses", async () => {
    const open = plan().map((one) =>
      one.kind === "ec2.Subnet" ? { ...one, props: { mapPublicIpOnLaunch: true } } : one,
    );
    expect(await examine(isolatedData, open)).toEqual(["database: subnet isolated-a gives out public addresses"]);
  });
});
