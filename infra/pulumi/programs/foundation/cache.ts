import type * as pulumi from "@pulumi/pulumi";
import { ValkeyAccess } from "../../components/valkey-access.ts";
import { ValkeyCluster } from "../../components/valkey-cluster.ts";
import { ValkeyServerless } from "../../components/valkey-serverless.ts";
import { type Place } from "./database.ts";
import { type Settings } from "./settings.ts";

/** The cache, in one of two forms that programs reach in the same way. */
export function makeCache(settings: Settings, place: Place, opts: pulumi.ComponentResourceOptions) {
  const userName = "tradegraph";
  const { group, user } = new ValkeyAccess("cache", { name: place.name, userName }, opts);
  const shared = { ...place, userGroupId: group.userGroupId, snapshotDays: settings.cacheSnapshotDays };
  const made =
    settings.cache === "serverless"
      ? new ValkeyServerless("cache", { ...shared, mostGigabytes: settings.cacheGigabytes }, opts)
      : new ValkeyCluster(
          "cache",
          {
            ...shared,
            nodeType: settings.cacheNodeType,
            shards: settings.cacheShards,
            replicas: settings.cacheReplicas,
            logRetentionDays: settings.logRetentionDays,
          },
          opts,
        );
  return { host: made.host, userName, user };
}
