// Who is told what about the second region. Topics and alarms are its own: those at home may be away when it matters.
import * as accessanalyzer from "@pulumi/aws/accessanalyzer/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { Alarms } from "../../components/alarms.ts";
import { ConfigRecorder } from "../../components/config-recorder.ts";
import { type EcsCluster } from "../../components/ecs-cluster.ts";
import { GuardDuty } from "../../components/guard-duty.ts";
import { NotificationEvents } from "../../components/notification-events.ts";
import { Notifications } from "../../components/notifications.ts";
import { type PrivateAlb } from "../../components/private-alb.ts";
import { type RecoveryDatabase } from "../../components/recovery-database.ts";
import { severities } from "../../lib/alarm-spec.ts";
import { bucketName, physicalName } from "../../lib/naming.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { type Waiting } from "./services.ts";
import { type Settings } from "./settings.ts";

export interface Watched {
  stack: StackName;
  given: Settings;
  cluster: EcsCluster;
  alb: PrivateAlb;
  services: Record<string, Waiting>;
  database: RecoveryDatabase;
  cacheId: string;
  /** Key of the bucket in the first region where AWS Config keeps its files. */
  auditKeyArn: pulumi.Input<string>;
}

/** What is always so while a region waits: no task runs, and a database that nobody asks has nothing in memory. */
const restless = ["no-task", "database-cache-misses"];

/** Brings up topics and alarms, and returns the ARNs of the topics. */
export function makeWatch(watched: Watched, opts: pulumi.ComponentResourceOptions) {
  const { stack, given, cluster, alb, services, database, cacheId, auditKeyArn } = watched;
  const { arns, topics } = new Notifications(
    "notifications",
    {
      account: given.account,
      stack,
      receivers: {
        critical: given.criticalReceivers,
        warning: given.warningReceivers,
        escalation: given.escalationReceivers,
      },
    },
    opts,
  );
  new NotificationEvents("events", { stack, topics: arns }, opts);
  // All three look at one region only, and copies of everything lie in this one. Inspector and Macie are not here: the images and
  // files are copies, byte by byte, of those they look at in the first region (docs/RECOVERY.md).
  new GuardDuty("threats", { watchTasks: true }, opts);
  new accessanalyzer.Analyzer(
    "open-to-outside",
    { analyzerName: physicalName(stack, "open-to-outside"), type: "ACCOUNT" },
    opts,
  );
  const audit = bucketName(stack, "audit", given.account);
  new ConfigRecorder(
    "config",
    {
      name: physicalName(stack, "recovery-config"),
      isHome: false,
      ...{ account: given.account, region: given.region },
      ...{ bucket: audit, bucketArn: `arn:aws:s3:::${audit}`, keyArn: auditKeyArn },
      // Little changes where nothing runs, and what does is drift.
      recording: "DAILY",
    },
    opts,
  );
  const copy = { dimensions: { DBClusterIdentifier: database.cluster.clusterIdentifier } };
  new Alarms(
    "alarms",
    {
      stack,
      topics: arns,
      leaveOut: restless,
      things: {
        recoveryDatabase: [copy],
        database: [copy],
        serverlessCache: [{ dimensions: { clusterId: cacheId } }],
        loadBalancer: [{ dimensions: { LoadBalancer: alb.loadBalancer.arnSuffix } }],
        service: Object.entries(services).map(([name, { service }]) => ({
          name,
          dimensions: { ClusterName: cluster.cluster.name, ServiceName: service.name },
        })),
        topic: severities.map((name) => ({ name, dimensions: { TopicName: topics[name].name } })),
      },
    },
    opts,
  );
  return arns;
}
