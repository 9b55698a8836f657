import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { NetworkEndpoints } from "./network-endpoints.ts";
import { NetworkFlowLogs } from "./network-flow-logs.ts";
import { NetworkPeering } from "./network-peering.ts";
import { Network } from "./network.ts";

describe("NetworkEndpoints", () => {
  const made = async (interfaces: string[]) => {
    const recorded = await mockEngine();
    new NetworkEndpoints("endpoints", {
      name: "tradegraph-dev",
      vpcId: "vpc-1",
      region: "us-east-1",
      routeTableIds: ["rtb-1", "rtb-2"],
      subnetIds: ["subnet-1"],
      interfaces,
      securityGroupId: "sg-1",
    });
    return (await recorded.ofKind("ec2.VpcEndpoint")).map(({ inputs }) => inputs);
  };

  it("keeps S3 and DynamoDB inside always, as that costs nothing", async () => {
    const endpoints = await made([]);
    expect(endpoints.map(({ serviceName }) => serviceName)).toEqual([
      "com.amazonaws.us-east-1.s3",
      "com.amazonaws.us-east-1.dynamodb",
    ]);
    for (const endpoint of endpoints) {
      expect(endpoint).toMatchObject({ vpcEndpointType: "Gateway", routeTableIds: ["rtb-1", "rtb-2"] });
    }
  });

  it("makes interfaces for the services it was told, behind the group it was told", async () => {
    expect((await made(["ecr.api"])).at(-1)).toMatchObject({
      serviceName: "com.amazonaws.us-east-1.ecr.api",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      securityGroupIds: ["sg-1"],
    });
  });
});

describe("NetworkFlowLogs", () => {
  it("logs every connection, encrypted, and for as long as it was told", async () => {
    const recorded = await mockEngine();
    const keyArn = "arn:aws:kms:us-east-1:111111111111:key/logs";
    new NetworkFlowLogs("flow-logs", { name: "tradegraph-dev", vpcId: "vpc-1", keyArn, retentionInDays: 30 });
    expect((await recorded.only("ec2.FlowLog")).inputs).toMatchObject({ vpcId: "vpc-1", trafficType: "ALL" });
    expect((await recorded.only("cloudwatch.LogGroup")).inputs).toMatchObject({
      kmsKeyId: keyArn,
      retentionInDays: 30,
    });
    const { inputs } = await recorded.only("iam.RolePolicy");
    expect(JSON.parse(String(inputs["policy"]))).toMatchObject({
      Statement: [{ Resource: expect.arrayContaining([expect.stringMatching(/flow-logs:\*$/)]) as unknown }],
    });
  });
});

describe("NetworkPeering", () => {
  it("opens a way from every private subnet to the database there, and to nothing else", async () => {
    const recorded = await mockEngine();
    const zones = ["us-east-1a", "us-east-1b"];
    const network = new Network("network", { name: "tradegraph-dev", cidr: "10.1.0.0/16", zones, natGateways: 0 });
    new NetworkPeering("database-peering", {
      name: "tradegraph-dev-database",
      peeringId: "pcx-1",
      cidr: "192.168.0.0/21",
      routeTables: network.routeTables.private,
      securityGroupId: "sg-1",
    });
    const routes = (await recorded.ofKind("ec2.Route")).filter(({ inputs }) => inputs["vpcPeeringConnectionId"]);
    expect(routes.map(({ inputs }) => inputs["routeTableId"])).toEqual([
      "network-private-0-id",
      "network-private-1-id",
    ]);
    expect((await recorded.only("vpc.SecurityGroupEgressRule")).inputs).toMatchObject({
      cidrIpv4: "192.168.0.0/21",
      fromPort: 27_015,
      toPort: 27_017,
    });
  });
});
