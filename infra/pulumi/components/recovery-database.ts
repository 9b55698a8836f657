import * as docdb from "@pulumi/aws/docdb/index.js";
import * as pulumi from "@pulumi/pulumi";
import { DocumentDbLogs } from "./document-db-logs.ts";
import { databaseInstances, drawnOnce, kept } from "./document-db-parts.ts";
import { parameterGroup } from "./document-db.ts";

export interface RecoveryDatabaseArgs {
  /** Name of the cluster; its parts begin with it. */
  name: string;
  globalClusterId: pulumi.Input<string>;
  /** That of the first cluster, or it cannot join. */
  version: "5.0.0" | "8.0.0";
  subnetIds: pulumi.Input<string>[];
  securityGroupId: pulumi.Input<string>;
  /** Keys of this region. */
  keyArn: pulumi.Input<string>;
  logsKeyArn: pulumi.Input<string>;
  logRetentionDays: number;
  /** One keeps the copy warm; AWS promotes no cluster without any. */
  instances: number;
  /** A global cluster takes neither serverless nor burstable classes. */
  instanceClass: string;
  retentionDays: number;
  deletionProtection: boolean;
  slowQueryMs: number;
  changeStreamSeconds: number;
}

/** The cluster of the second region: it joins the global one, follows the first by about a second, and can take over. */
export class RecoveryDatabase extends pulumi.ComponentResource {
  readonly cluster: docdb.Cluster;
  readonly instances: docdb.ClusterInstance[];

  constructor(name: string, args: RecoveryDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:RecoveryDatabase", name, {}, opts);
    const inside = { parent: this };
    const parameters = new docdb.ClusterParameterGroup(name, parameterGroup(args), { parent: this, protect: false });
    const subnets = new docdb.SubnetGroup(
      name,
      { name: args.name, description: "Isolated subnets", subnetIds: args.subnetIds },
      inside,
    );
    const logs = new DocumentDbLogs(
      name,
      { cluster: args.name, keyArn: args.logsKeyArn, retentionInDays: args.logRetentionDays },
      inside,
    );
    this.cluster = new docdb.Cluster(
      name,
      {
        clusterIdentifier: args.name,
        globalClusterIdentifier: args.globalClusterId,
        engine: "docdb",
        engineVersion: args.version,
        port: 27017,
        dbSubnetGroupName: subnets.name,
        dbClusterParameterGroupName: parameters.name,
        vpcSecurityGroupIds: [args.securityGroupId],
        storageEncrypted: true,
        kmsKeyId: args.keyArn,
        // Users, passwords and data come from the first cluster: AWS refuses a masterUsername here.
        ...kept(args),
      },
      {
        parent: this,
        dependsOn: [logs],
        // Promoted or detached, the cluster has another place in the global one or none, and that is right: `up` must not
        // put it back while it serves, nor replace it. People do, when the first region is back (docs/RECOVERY.md).
        ignoreChanges: ["availabilityZones", "globalClusterIdentifier", ...drawnOnce],
      },
    );
    this.instances = databaseInstances(name, args, this.cluster, inside);
    this.registerOutputs();
  }
}
