// What this program passes on, in the form that lib/recovery-outputs.ts promises.
import type * as pulumi from "@pulumi/pulumi";
import { dataPorts } from "../../components/network-access-lists.ts";
import { type RecoveryOutputs } from "../../lib/recovery-outputs.ts";
import { type SecondRegion } from "./second-region.ts";
import { type Settings } from "./settings.ts";

/** Fields known later, at any depth. */
type Later<Value> =
  | pulumi.Input<Value>
  | (Value extends string | number | boolean | null ? never : { [Field in keyof Value]: Later<Value[Field]> });
type Passed = { [Part in keyof RecoveryOutputs]: Later<RecoveryOutputs[Part]> };

/** All parts of the contract; an output that is undefined is a warning of Pulumi, so what there is not is null. */
export function outputsOf({ region, cidr }: Settings, made: SecondRegion | undefined): Passed {
  if (!made) {
    const parts = ["network", "database", "cache", "secrets", "cluster", "services", "edge", "plan", "notifications"];
    const none = Object.fromEntries(parts.map((part) => [part, null]));
    return { ...(none as Omit<Passed, "enabled" | "region">), enabled: false, region };
  }
  const { network, database, cache, secrets, cluster, services, alb, vpcOrigin, plan, approver } = made;
  const { endpoint, readerEndpoint, clusterIdentifier, arn } = database.cluster;
  return {
    enabled: true,
    region,
    network: { vpcId: network.vpc.id, vpcCidr: cidr, privateSubnetIds: made.privateSubnetIds },
    database: {
      host: endpoint,
      readerHost: readerEndpoint,
      clusterId: clusterIdentifier,
      clusterArn: arn,
      globalClusterId: made.ready.globalClusterId,
    },
    cache: {
      id: made.name,
      scheme: "rediss+cluster",
      host: cache.host,
      port: dataPorts.cache,
      user: made.userName,
    },
    secrets: secrets.arns,
    cluster: cluster.cluster.name,
    services: Object.fromEntries(
      Object.entries(services).map(([name, { service, task }]) => [
        name,
        { service: service.name, logGroup: task.logGroup.name, taskRoleArn: task.roles.task.arn },
      ]),
    ),
    edge: {
      vpcOriginId: vpcOrigin.id,
      dnsName: alb.loadBalancer.dnsName,
      loadBalancer: alb.loadBalancer.arnSuffix,
    },
    plan: { arn: plan.arn, approverRoleArn: approver.arn },
    notifications: made.notifications,
  };
}
