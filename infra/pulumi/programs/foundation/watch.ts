// Who is told what: topics, alarms on data and account, findings of scanners, the bill.
import type * as pulumi from "@pulumi/pulumi";
import { Alarms } from "../../components/alarms.ts";
import { CostGuard } from "../../components/cost-guard.ts";
import { NotificationEvents } from "../../components/notification-events.ts";
import { Notifications } from "../../components/notifications.ts";
import { type PrivateBucket } from "../../components/private-bucket.ts";
import { SecurityBaseline } from "../../components/security-baseline.ts";
import { severities } from "../../lib/alarm-spec.ts";
import { awsProvider } from "../../lib/aws-provider.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { type Settings } from "./settings.ts";

/** Where CloudFront's metrics and the bill are. */
const GLOBAL_REGION = "us-east-1";

export interface Watched {
  stack: StackName;
  /** Name of the database cluster, where there is one. */
  databaseCluster: pulumi.Input<string> | undefined;
  /** Name of the cache. */
  cache: pulumi.Input<string>;
  vault: pulumi.Input<string>;
  /** Vault of the copies in the second region, where there is one. */
  copies: pulumi.Input<string> | undefined;
  logsKeyArn: pulumi.Input<string>;
  /** Buckets with customers' data. */
  dataBuckets: PrivateBucket[];
}

/** Brings up all of it, and says which topics later programs tell. */
export function makeWatch(settings: Settings, watched: Watched, opts: pulumi.ComponentResourceOptions) {
  const { account, region } = settings;
  const { stack } = watched;
  const receivers = {
    critical: settings.criticalReceivers,
    warning: settings.warningReceivers,
    escalation: settings.escalationReceivers,
  };
  const home = new Notifications("notifications", { account, stack, receivers }, opts);
  // An alarm tells topics of its own region alone, and those on the edge are in another one.
  const edge =
    region === GLOBAL_REGION
      ? home
      : new Notifications(
          "edge-notifications",
          { account, stack, receivers },
          { provider: awsProvider("foundation", stack, { ...settings, region: GLOBAL_REGION }, "aws-edge") },
        );
  new NotificationEvents("events", { stack, topics: home.arns }, opts);
  new CostGuard(
    "cost",
    {
      stack,
      monthlyDollars: settings.monthlyDollars,
      monitorArn: settings.costMonitorArn,
      topicArn: edge.arns.warning,
    },
    opts,
  );
  const baseline = new SecurityBaseline(
    "security",
    {
      ...{ stack, account, region },
      keyArn: watched.logsKeyArn,
      logDays: settings.logRetentionDays,
      fileDays: settings.auditFileDays,
      emptyOnDestroy: settings.emptyOnDestroy,
      dataBuckets: watched.dataBuckets.map(({ bucket }) => ({ name: bucket.bucket, arn: bucket.arn })),
      thorough: settings.thoroughSecurity,
    },
    opts,
  );
  const database = watched.databaseCluster;
  // A missing backup of one kind must not hide behind another's. Copies are counted by the vault they go to (AWS Backup Developer
  // Guide, "Metrics with CloudWatch").
  const backupsIn = (vault: pulumi.Input<string>) =>
    Object.entries({ ...(database === undefined ? {} : { database: "DocumentDB" }), files: "EFS" }).map(
      ([name, ResourceType]) => ({ name, dimensions: { BackupVaultName: vault, ResourceType } }),
    );
  const copies = watched.copies;
  const cache = settings.cache === "serverless" ? "serverlessCache" : "cacheGroup";
  new Alarms(
    "alarms",
    {
      stack,
      topics: home.arns,
      things: {
        ...(database === undefined ? {} : { database: [{ dimensions: { DBClusterIdentifier: database } }] }),
        [cache]: [{ dimensions: { clusterId: watched.cache } }],
        backup: [{ dimensions: { BackupVaultName: watched.vault } }],
        backedUp: backupsIn(watched.vault),
        ...(copies === undefined
          ? {}
          : { backupCopy: [{ dimensions: { BackupVaultName: copies } }], copiedBackup: backupsIn(copies) }),
        ...(settings.natGateways > 0 ? { natGateway: [{ dimensions: {} }] } : {}),
        trailLog: [{ dimensions: {} }],
        topic: severities.map((name) => ({ name, dimensions: { TopicName: home.topics[name].name } })),
      },
    },
    // The metrics of the account come from the trail's log.
    { ...opts, dependsOn: [baseline] },
  );
  return { notifications: home.arns, edgeNotifications: edge.arns, notificationsKeyArn: home.keyArn };
}
