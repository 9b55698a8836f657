// The second region, from the network up to the plan that switches to it.
import * as cloudfront from "@pulumi/aws/cloudfront/index.js";
import { vpcOriginTo } from "../../components/distribution.ts";
import { EcsCluster } from "../../components/ecs-cluster.ts";
import { EncryptionKey } from "../../components/encryption-key.ts";
import { logWriters } from "../../components/kms-keys.ts";
import { albWritesLogs, PrivateAlb } from "../../components/private-alb.ts";
import { PrivateBucket } from "../../components/private-bucket.ts";
import { RecoveryDatabase } from "../../components/recovery-database.ts";
import { SecretSet } from "../../components/secret-set.ts";
import { SharedFiles } from "../../components/shared-files.ts";
import { ValkeyAccess } from "../../components/valkey-access.ts";
import { ValkeyServerless } from "../../components/valkey-serverless.ts";
import { readApplication } from "../../lib/application-outputs.ts";
import { awsProvider } from "../../lib/aws-provider.ts";
import { readFoundation } from "../../lib/foundation-outputs.ts";
import { bucketName, physicalName } from "../../lib/naming.ts";
import { zonesOf } from "../../lib/regions.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { makeNetwork } from "../foundation/network.ts";
import { makePlan } from "./plan.ts";
import { readyFor } from "./ready.ts";
import { makeServices } from "./services.ts";
import { type Settings } from "./settings.ts";
import { makeWatch } from "./watch.ts";

export type SecondRegion = ReturnType<typeof makeSecondRegion>;

/** Brings up all of it; while nothing happens, none of it serves. */
export function makeSecondRegion(stack: StackName, given: Settings) {
  const { account, region, logRetentionDays } = given;
  // Roles are known in all regions, so nothing here is called as it is at home.
  const name = physicalName(stack, "recovery");
  const provider = awsProvider("recovery", stack, given);
  const opts = { provider };
  /** Options of what cannot be made again. */
  const kept = { provider, protect: given.protect };
  const foundation = readFoundation(given.foundationStack);
  const ready = readyFor(given, foundation, readApplication(given.applicationStack));

  // Keys: that of data is foundation's, for copies are sealed with it already.
  const { key: logsKey } = new EncryptionKey(
    "logs",
    { name: `${name}-logs`, description: "Log groups", account, statements: logWriters(account, region) },
    kept,
  );
  const keys = { keyArn: ready.keyArn, logsKeyArn: logsKey.arn };

  // Network: other addresses than at home, so that both can be joined.
  const { network, groups } = makeNetwork(
    { ...given, interfaceEndpoints: [], database: "documentdb", databasePeering: "", databaseCidr: "" },
    { name, zones: zonesOf(region, given.zones, given.avoidZone), logsKeyArn: logsKey.arn },
    opts,
  );
  const subnetIds = network.subnets.isolated.map(({ id }) => id);
  const privateSubnetIds = network.subnets.private.map(({ id }) => id);

  // Data
  const database = new RecoveryDatabase(
    "database",
    {
      ...{ name, subnetIds, ...keys, logRetentionDays },
      globalClusterId: ready.globalClusterId,
      version: given.databaseVersion,
      securityGroupId: groups.database.id,
      instances: given.databaseInstances,
      instanceClass: given.databaseClass,
      retentionDays: given.databaseRetentionDays,
      deletionProtection: given.protect,
      slowQueryMs: given.databaseSlowQueryMs,
      changeStreamSeconds: given.databaseChangeStreamHours * 3600,
    },
    kept,
  );
  // Empty, for $6 a month: made in a failover it would take a quarter of the hour, and somebody had to write its password
  // into a secret in the middle of the night.
  const userName = "tradegraph";
  const access = new ValkeyAccess("cache", { name, userName }, opts);
  const cache = new ValkeyServerless(
    "cache",
    {
      ...{ name, subnetIds, keyArn: ready.keyArn, securityGroupId: groups.cache.id },
      userGroupId: access.group.userGroupId,
      mostGigabytes: given.cacheGigabytes,
      snapshotDays: 0,
    },
    opts,
  );
  const files = new SharedFiles(
    "files",
    { name: `${name}-files`, subnetIds, securityGroupId: groups.files.id, keyArn: ready.keyArn },
    kept,
  );
  // All others are copies; this one names a cache.
  const secrets = new SecretSet(
    "secrets",
    {
      name,
      keyArn: ready.keyArn,
      recoveryDays: given.secretRecoveryDays,
      secrets: { REDIS_URL: "Of the cache in this region: set a password as foundation's secret REDIS_URL says" },
    },
    kept,
  );

  // Platform, and CloudFront's way in
  const cluster = new EcsCluster("cluster", { name, logsKeyArn: logsKey.arn, logRetentionDays }, opts);
  const albLogs = new PrivateBucket(
    "alb-logs",
    {
      name: bucketName(stack, "recovery-alb-logs", account),
      keyArn: undefined,
      keepOldVersionsDays: 7,
      emptyOnDestroy: given.emptyOnDestroy,
      lifecycle: [{ id: "expiry", status: "Enabled", filter: {}, expiration: { days: logRetentionDays } }],
      statements: (arn) => [albWritesLogs(arn, account, region)],
    },
    opts,
  );
  const alb = new PrivateAlb(
    "alb",
    {
      name: `${name}-alb`,
      subnetIds: privateSubnetIds,
      securityGroupId: groups.alb.id,
      certificateArn: ready.certificateArn,
      logsBucket: albLogs.bucket.bucket,
      deletionProtection: given.protect,
    },
    { provider, dependsOn: [albLogs] },
  );
  const vpcOrigin = new cloudfront.VpcOrigin("edge", vpcOriginTo(name, alb.loadBalancer.arn), {
    provider,
    dependsOn: [alb],
  });

  // The same programs as at home, standing still
  const services = makeServices({
    ...{ stack, given, name, provider, ready, cluster, alb, database, files, logsKeyArn: logsKey.arn },
    redisUrlArn: secrets.arns["REDIS_URL"] ?? "",
    vpcId: network.vpc.id,
    privateSubnetIds,
    groupIds: { gateway: groups.gateway.id, subgraphs: groups.subgraphs.id },
  });

  // The way here and back, and who is told what
  const { plan, approver } = makePlan({ stack, given, ready, cluster, services, database }, opts);
  const notifications = makeWatch(
    { stack, given, cluster, alb, services, database, cacheId: name, auditKeyArn: foundation.keys.logs },
    opts,
  );

  return {
    ...{ network, database, cache, userName, name, secrets, cluster, alb, vpcOrigin, services, ready },
    ...{ privateSubnetIds, plan, approver, notifications },
  };
}
