import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { NetworkEndpoints } from "../../components/network-endpoints.ts";
import { NetworkFlowLogs } from "../../components/network-flow-logs.ts";
import { NetworkPeering } from "../../components/network-peering.ts";
import { NetworkSecurityGroups } from "../../components/network-security-groups.ts";
import { Network } from "../../components/network.ts";
import { type Settings } from "./settings.ts";

/** AWS's own list of the addresses from which CloudFront reaches origins. */
const CLOUDFRONT = "com.amazonaws.global.cloudfront.origin-facing";

export type NetworkSettings = Pick<
  Settings,
  | "cidr"
  | "natGateways"
  | "region"
  | "interfaceEndpoints"
  | "database"
  | "databasePeering"
  | "databaseCidr"
  | "logRetentionDays"
>;

/** The VPC, who may talk to whom in it, and the ways out of it. */
export function makeNetwork(
  settings: NetworkSettings,
  { name, zones, logsKeyArn }: { name: string; zones: string[]; logsKeyArn: pulumi.Output<string> },
  opts: pulumi.ComponentResourceOptions & pulumi.InvokeOptions,
) {
  const { cidr, natGateways, region } = settings;
  const network = new Network("network", { name, cidr, zones, natGateways }, opts);
  const vpcId = network.vpc.id;
  const { groups } = new NetworkSecurityGroups(
    "groups",
    { name, vpcId, cloudfrontPrefixListId: ec2.getManagedPrefixListOutput({ name: CLOUDFRONT }, opts).id },
    opts,
  );
  new NetworkEndpoints(
    "endpoints",
    {
      name,
      region,
      vpcId,
      routeTableIds: [...network.routeTables.private, ...network.routeTables.isolated].map(({ id }) => id),
      subnetIds: network.subnets.private.map(({ id }) => id),
      interfaces: settings.interfaceEndpoints,
      securityGroupId: groups.endpoints.id,
    },
    opts,
  );
  if (settings.database === "external" && settings.databasePeering !== "") {
    new NetworkPeering(
      "database-peering",
      {
        name: `${name}-database`,
        peeringId: settings.databasePeering,
        cidr: settings.databaseCidr,
        routeTables: network.routeTables.private,
        securityGroupId: groups.subgraphs.id,
      },
      opts,
    );
  }
  new NetworkFlowLogs(
    "flow-logs",
    { name, vpcId, keyArn: logsKeyArn, retentionInDays: settings.logRetentionDays },
    opts,
  );
  return { network, groups };
}
