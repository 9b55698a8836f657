import * as elasticache from "@pulumi/aws/elasticache/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type ValkeyArgs } from "./valkey-cluster.ts";

export interface ValkeyServerlessArgs extends ValkeyArgs {
  /** What it may grow to; beyond it, keys with a time to live go. */
  mostGigabytes: number;
}

/** A cache that costs by use. TLS is always on, and its eviction is `volatile-*` already (docs/REDIS.md wants that). */
export class ValkeyServerless extends pulumi.ComponentResource {
  readonly cache: elasticache.ServerlessCache;

  constructor(name: string, args: ValkeyServerlessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:ValkeyServerless", name, {}, opts);
    this.cache = new elasticache.ServerlessCache(
      name,
      {
        name: args.name,
        description: "Response cache, sessions, events on their way",
        engine: "valkey",
        majorEngineVersion: "8",
        cacheUsageLimits: { dataStorage: { maximum: args.mostGigabytes, unit: "GB" } },
        subnetIds: args.subnetIds,
        securityGroupIds: [args.securityGroupId],
        userGroupId: args.userGroupId,
        kmsKeyId: args.keyArn,
        dailySnapshotTime: "05:30",
        snapshotRetentionLimit: args.snapshotDays,
      },
      { parent: this },
    );
    this.registerOutputs();
  }

  /** Name of its one endpoint. */
  get host(): pulumi.Output<string> {
    return this.cache.endpoints.apply((endpoints) => endpoints[0]?.address ?? "");
  }
}
