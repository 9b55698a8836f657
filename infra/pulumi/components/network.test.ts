import { describe, expect, it } from "vitest";
import { type Made, mockEngine } from "../testing/mocks.ts";
import { Network, type NetworkArgs } from "./network.ts";

const made = async (changed: Partial<NetworkArgs> = {}) => {
  const recorded = await mockEngine("prod");
  new Network("network", {
    name: "tradegraph-prod",
    cidr: "10.0.0.0/16",
    zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    natGateways: 3,
    ...changed,
  });
  return recorded;
};
const named = (resources: Made[]) => resources.map(({ name }) => name).sort();

describe("Network", () => {
  it("gives addresses to nothing by itself, in no subnet", async () => {
    const subnets = await (await made()).ofKind("ec2.Subnet");
    expect(subnets).toHaveLength(9);
    expect(subnets.filter(({ inputs }) => inputs["mapPublicIpOnLaunch"] !== false)).toEqual([]);
  });

  it("lets nothing in or out by the security group that AWS makes itself", async () => {
    const { inputs } = await (await made()).only("ec2.DefaultSecurityGroup");
    expect(inputs).toMatchObject({ ingress: [], egress: [] });
  });

  it("lets nothing but public subnets have a route to the Internet's gateway, and isolated ones no way out at all", async () => {
    const routes = await (await made()).ofKind("ec2.Route");
    expect(named(routes)).toEqual(["network-private-0", "network-private-1", "network-private-2", "network-public"]);
    expect(named(routes.filter(({ inputs }) => inputs["gatewayId"]))).toEqual(["network-public"]);
  });

  it.each([
    [3, ["network-0-id", "network-1-id", "network-2-id"]],
    [1, ["network-0-id", "network-0-id", "network-0-id"]],
    [0, []],
    [9, ["network-0-id", "network-1-id", "network-2-id"]],
  ])("with %d NAT gateways sends each zone out through its own or the one there is", async (natGateways, exits) => {
    const routes = await (await made({ natGateways })).ofKind("ec2.Route");
    expect(routes.flatMap(({ inputs }) => (inputs["natGatewayId"] ? [inputs["natGatewayId"]] : []))).toEqual(exits);
  });

  it("takes from isolated subnets only answers to tasks, and lets in only the ports of data", async () => {
    const lists = await (await made({ zones: ["us-east-1a"] })).ofKind("ec2.NetworkAcl");
    const isolated = lists.find(({ name }) => name === "network-isolated")?.inputs;
    const short = (rules: unknown) =>
      (rules as Record<string, unknown>[]).map(
        ({ protocol, cidrBlock, fromPort, toPort }) => `${protocol} ${cidrBlock} ${fromPort}-${toPort}`,
      );
    expect(short(isolated?.["ingress"])).toEqual([
      "tcp 10.0.0.0/19 27017-27017",
      "tcp 10.0.0.0/19 6379-6379",
      "tcp 10.0.0.0/19 6380-6380",
      "tcp 10.0.0.0/19 2049-2049",
      "-1 10.0.40.0/21 0-0",
    ]);
    expect(short(isolated?.["egress"])).toEqual(["tcp 10.0.0.0/19 1024-65535", "-1 10.0.40.0/21 0-0"]);
  });

  it("lets the Internet into no subnet but with answers, which come to the ports from 1024 up", async () => {
    const lists = await (await made()).ofKind("ec2.NetworkAcl");
    expect(lists).toHaveLength(3);
    for (const rule of lists.flatMap(({ inputs }) => inputs["ingress"] as Record<string, unknown>[])) {
      if (rule["cidrBlock"] === "0.0.0.0/0") expect(rule).toMatchObject({ protocol: "tcp", fromPort: 1024 });
    }
  });
});
