import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as elasticache from "@pulumi/aws/elasticache/index.js";
import * as pulumi from "@pulumi/pulumi";
import { dataPorts } from "./network-access-lists.ts";

export interface ValkeyArgs {
  /** Name at AWS, 40 characters at most. */
  name: string;
  subnetIds: pulumi.Input<string>[];
  securityGroupId: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  userGroupId: pulumi.Input<string>;
  /** Days that a daily snapshot is kept; 0 makes none. */
  snapshotDays: number;
}

export interface ValkeyClusterArgs extends ValkeyArgs {
  nodeType: string;
  shards: number;
  /** Beside the master of each shard; one at least, or there is nobody to take over. */
  replicas: number;
  logsKeyArn: pulumi.Input<string>;
  logRetentionDays: number;
}

/** A cache on nodes of its own in cluster mode, spread over zones, with a replica that takes over by itself. */
export class ValkeyCluster extends pulumi.ComponentResource {
  readonly cache: elasticache.ReplicationGroup;

  constructor(name: string, args: ValkeyClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:ValkeyCluster", name, {}, opts);
    const inside = { parent: this };
    const subnets = new elasticache.SubnetGroup(
      name,
      { name: args.name, description: "Isolated subnets", subnetIds: args.subnetIds },
      inside,
    );
    const parameters = new elasticache.ParameterGroup(
      name,
      {
        name: args.name,
        description: "Keys without a time to live stay (docs/REDIS.md, memory and eviction)",
        family: "valkey8",
        parameters: [
          { name: "cluster-enabled", value: "yes" },
          { name: "maxmemory-policy", value: "volatile-lfu" },
          // Snapshots need room (docs/REDIS.md: three quarters of the memory for data).
          { name: "reserved-memory-percent", value: "25" },
        ],
      },
      inside,
    );
    const logTo = (log: string) =>
      new cloudwatch.LogGroup(
        `${name}-${log}`,
        { name: `/${args.name}/cache-${log}`, kmsKeyId: args.logsKeyArn, retentionInDays: args.logRetentionDays },
        inside,
      ).name;
    const delivery = (logType: string) => ({
      logType,
      destinationType: "cloudwatch-logs",
      destination: logTo(logType),
      logFormat: "json",
    });
    this.cache = new elasticache.ReplicationGroup(
      name,
      {
        replicationGroupId: args.name,
        description: "Response cache, sessions, events on their way",
        engine: "valkey",
        engineVersion: "8.0",
        autoMinorVersionUpgrade: true,
        nodeType: args.nodeType,
        clusterMode: "enabled",
        numNodeGroups: args.shards,
        replicasPerNodeGroup: args.replicas,
        multiAzEnabled: true,
        automaticFailoverEnabled: true,
        port: dataPorts.cache,
        parameterGroupName: parameters.name,
        subnetGroupName: subnets.name,
        securityGroupIds: [args.securityGroupId],
        userGroupIds: [args.userGroupId],
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        atRestEncryptionEnabled: true,
        kmsKeyId: args.keyArn,
        snapshotRetentionLimit: args.snapshotDays,
        snapshotWindow: "05:30-06:30",
        maintenanceWindow: "sun:03:00-sun:04:00",
        logDeliveryConfigurations: ["slow-log", "engine-log"].map(delivery),
        applyImmediately: false,
      },
      // Minor versions come by themselves.
      { parent: this, ignoreChanges: ["engineVersion"] },
    );
    this.registerOutputs();
  }

  /** Name of the endpoint that knows all nodes. */
  get host(): pulumi.Output<string> {
    return this.cache.configurationEndpointAddress;
  }
}
