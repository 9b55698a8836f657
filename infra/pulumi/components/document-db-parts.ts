// What clusters of every region have alike: a promoted copy must behave as the first one did.
import { randomBytes } from "node:crypto";
import * as docdb from "@pulumi/aws/docdb/index.js";
import type * as pulumi from "@pulumi/pulumi";

/** After the daily snapshot of 02:00. */
const MAINTENANCE = "sun:03:00-sun:04:00";

export interface KeptArgs {
  /** Name of the cluster. */
  name: string;
  /** Days back to which every second can be restored; 35 is the most there is. */
  retentionDays: number;
  deletionProtection: boolean;
}

/** How a cluster is kept: backups, maintenance, logs, and its end. What {@link drawnOnce} names stays as it was made. */
export const kept = ({ name, retentionDays, deletionProtection }: KeptArgs) => ({
  backupRetentionPeriod: retentionDays,
  // After the daily snapshot of 02:00 and Sunday's maintenance; the three never overlap (BAK-1).
  preferredBackupWindow: "04:30-05:30",
  preferredMaintenanceWindow: MAINTENANCE,
  enabledCloudwatchLogsExports: ["audit", "profiler"],
  deletionProtection,
  skipFinalSnapshot: false,
  // Of another name for each cluster there ever was: AWS refuses to delete a second one into the same snapshot.
  finalSnapshotIdentifier: `${name}-final-${randomBytes(4).toString("hex")}`,
  applyImmediately: false,
});

/** Inputs of a cluster that are drawn when it is made; the next `up` would draw others. */
export const drawnOnce = ["finalSnapshotIdentifier"];

/** @param name of the resources. @param args name of the cluster at AWS, how many instances, and their class */
export const databaseInstances = (
  name: string,
  args: { name: string; instances: number; instanceClass: string },
  cluster: docdb.Cluster,
  opts: pulumi.CustomResourceOptions,
): docdb.ClusterInstance[] =>
  Array.from(
    { length: args.instances },
    (_, index) =>
      new docdb.ClusterInstance(
        `${name}-${index}`,
        {
          identifier: `${args.name}-${index}`,
          clusterIdentifier: cluster.id,
          instanceClass: args.instanceClass,
          // The first is to be the writer again where several could.
          promotionTier: index,
          preferredMaintenanceWindow: MAINTENANCE,
          applyImmediately: false,
        },
        opts,
      ),
  );
