import { randomBytes } from "node:crypto";
import * as docdb from "@pulumi/aws/docdb/index.js";
import * as pulumi from "@pulumi/pulumi";
import { DocumentDbLogs } from "./document-db-logs.ts";
import { databaseInstances, drawnOnce, kept } from "./document-db-parts.ts";

export interface DocumentDbArgs {
  /** Name of the cluster; its parts begin with it. */
  name: string;
  /** "5.0.0" or "8.0.0". */
  version: "5.0.0" | "8.0.0";
  subnetIds: pulumi.Input<string>[];
  securityGroupId: pulumi.Input<string>;
  /** The key of the data, and the one of its logs. */
  keyArn: pulumi.Input<string>;
  logsKeyArn: pulumi.Input<string>;
  logRetentionDays: number;
  instances: number;
  /** "db.serverless", or a class such as "db.r6g.large". */
  instanceClass: string;
  /** DocumentDB capacity units of a serverless instance: from, to. Another `most` restarts it. */
  capacity: { least: number; most: number };
  /** Days back to which every second can be restored; 35 is the most there is. */
  retentionDays: number;
  deletionProtection: boolean;
  /** Queries slower than this, in milliseconds, are logged with their plan. */
  slowQueryMs: number;
  /** Seconds for which change streams can be read again: 3,600 to 604,800. */
  changeStreamSeconds: number;
  /** Makes it the first of a global cluster, which another region joins. */
  isGlobal: boolean;
}

export type ParameterArgs = Pick<DocumentDbArgs, "name" | "version" | "slowQueryMs" | "changeStreamSeconds">;

/** A DocumentDB cluster: encrypted, TLS 1.3, audited, with its slow queries in the log. */
export class DocumentDb extends pulumi.ComponentResource {
  readonly cluster: docdb.Cluster;
  readonly subnetGroup: docdb.SubnetGroup;
  readonly globalCluster: docdb.GlobalCluster | undefined;
  readonly instances: docdb.ClusterInstance[];

  /** @throws where a global cluster is asked for with serverless instances: AWS has none. */
  constructor(name: string, args: DocumentDbArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:DocumentDb", name, {}, opts);
    const isServerless = args.instanceClass === "db.serverless";
    // docs.aws.amazon.com/documentdb/latest/devguide/docdb-serverless-limitations.html
    if (args.isGlobal && isServerless) throw new Error("a global cluster takes no serverless instances");
    const inside = { parent: this };
    // Holds no data, and another version needs another one: protection would be in the way of upgrades.
    const parameters = new docdb.ClusterParameterGroup(name, parameterGroup(args), { parent: this, protect: false });
    this.subnetGroup = new docdb.SubnetGroup(
      name,
      { name: args.name, description: "Isolated subnets", subnetIds: args.subnetIds },
      inside,
    );
    const logs = new DocumentDbLogs(
      name,
      { cluster: args.name, keyArn: args.logsKeyArn, retentionInDays: args.logRetentionDays },
      inside,
    );
    const engine = { engine: "docdb", engineVersion: args.version };
    this.globalCluster = args.isGlobal
      ? new docdb.GlobalCluster(
          name,
          {
            globalClusterIdentifier: `${args.name}-global`,
            storageEncrypted: true,
            deletionProtection: args.deletionProtection,
            ...engine,
          },
          inside,
        )
      : undefined;
    this.cluster = new docdb.Cluster(
      name,
      {
        clusterIdentifier: args.name,
        ...engine,
        port: 27017,
        dbSubnetGroupName: this.subnetGroup.name,
        dbClusterParameterGroupName: parameters.name,
        vpcSecurityGroupIds: [args.securityGroupId],
        storageEncrypted: true,
        kmsKeyId: args.keyArn,
        masterUsername: "owner",
        ...masterPassword(args.isGlobal),
        ...(this.globalCluster ? { globalClusterIdentifier: this.globalCluster.id } : {}),
        ...kept(args),
        ...(isServerless
          ? {
              serverlessV2ScalingConfiguration: { minCapacity: args.capacity.least, maxCapacity: args.capacity.most },
            }
          : {}),
      },
      {
        parent: this,
        dependsOn: [logs],
        // AWS adds zones up to three and would be asked to replace the cluster. After a failover to the other region the
        // global cluster is no longer what it was made as: people decide then, not the next `up`.
        ignoreChanges: ["availabilityZones", "globalClusterIdentifier", "masterPassword", ...drawnOnce],
      },
    );
    this.instances = databaseInstances(name, args, this.cluster, inside);
    this.registerOutputs();
  }

  /** Of the first user, where AWS keeps the password; undefined in a global cluster. */
  get managedSecretArn(): pulumi.Output<string | undefined> {
    return this.cluster.masterUserSecrets.apply((secrets) => secrets[0]?.secretArn);
  }
}

/**
 * AWS keeps and rotates the password of the first user, but not in global clusters
 * (docs.aws.amazon.com/documentdb/latest/developerguide/docdb-secrets-manager.html, limitations). There it begins with one
 * that nobody knows, and a person sets another by `aws docdb modify-db-cluster`.
 */
const masterPassword = (isGlobal: boolean) =>
  isGlobal ? { masterPassword: pulumi.secret(randomBytes(24).toString("hex")) } : { manageMasterUserPassword: true };

/** The same in every region: a promoted copy must behave as the cluster did. */
export const parameterGroup = (args: ParameterArgs): docdb.ClusterParameterGroupArgs => ({
  // Of another name per version: the family cannot be changed while a cluster uses the group.
  name: `${args.name}-${args.version.replaceAll(".", "-")}`,
  description: "TLS 1.3, audit, slow queries, change streams",
  family: `docdb${args.version.slice(0, 3)}`,
  parameters: Object.entries({
    tls: "tls1.3+",
    audit_logs: "enabled",
    profiler: "enabled",
    profiler_threshold_ms: String(args.slowQueryMs),
    profiler_sampling_rate: "1.0",
    change_stream_log_retention_duration: String(args.changeStreamSeconds),
    ttl_monitor: "enabled",
  }).map(([name, value]) => ({ name, value, applyMethod: "pending-reboot" })),
});
