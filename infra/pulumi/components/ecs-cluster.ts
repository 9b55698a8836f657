import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as ecs from "@pulumi/aws/ecs/index.js";
import * as servicediscovery from "@pulumi/aws/servicediscovery/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface EcsClusterArgs {
  /** Name at AWS, also of the Service Connect namespace. */
  name: string;
  /** The key of ours that encrypts logs. */
  logsKeyArn: pulumi.Input<string>;
  logRetentionDays: number;
}

/** Where tasks run: Fargate with and without Spot, metrics of each task, and a namespace in which services find each other. */
export class EcsCluster extends pulumi.ComponentResource {
  readonly cluster: ecs.Cluster;
  readonly namespace: servicediscovery.HttpNamespace;
  /** Both kinds of Fargate may be used from here on; services wait for it. */
  readonly capacity: ecs.ClusterCapacityProviders;

  constructor(name: string, args: EcsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:EcsCluster", name, {}, opts);
    const inside = { parent: this };
    this.namespace = new servicediscovery.HttpNamespace(
      name,
      { name: args.name, description: "Services find each other by Service Connect" },
      inside,
    );
    const commands = new cloudwatch.LogGroup(
      `${name}-commands`,
      {
        name: `/ecs/${args.name}/commands`,
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.logsKeyArn,
      },
      inside,
    );
    this.cluster = new ecs.Cluster(
      name,
      {
        name: args.name,
        settings: [{ name: "containerInsights", value: "enhanced" }],
        serviceConnectDefaults: { namespace: this.namespace.arn },
        // Whoever opens a shell in a task leaves a record.
        configuration: {
          executeCommandConfiguration: {
            logging: "OVERRIDE",
            kmsKeyId: args.logsKeyArn,
            logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: commands.name },
          },
        },
      },
      inside,
    );
    this.capacity = new ecs.ClusterCapacityProviders(
      name,
      { clusterName: this.cluster.name, capacityProviders: ["FARGATE", "FARGATE_SPOT"] },
      inside,
    );
    this.registerOutputs();
  }
}
