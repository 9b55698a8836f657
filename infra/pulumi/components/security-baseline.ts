import * as pulumi from "@pulumi/pulumi";
import { bucketName, physicalName } from "../lib/naming.ts";
import { type StackName } from "../lib/stack-name.ts";
import { ConfigRecorder, configWrites } from "./config-recorder.ts";
import { GuardDuty } from "./guard-duty.ts";
import { PrivateBucket } from "./private-bucket.ts";
import { SecurityBaselineAccount } from "./security-baseline-account.ts";
import { SecurityBaselineScanners } from "./security-baseline-scanners.ts";
import { Trail, trailWrites } from "./trail.ts";

export interface SecurityBaselineArgs {
  stack: StackName;
  account: string;
  region: string;
  /** Key of logs; its policy names CloudTrail, Config and CloudWatch Logs. */
  keyArn: pulumi.Input<string>;
  /** Days the searchable trail is kept. */
  logDays: number;
  /** Days the files of trail and Config are kept; after 90 they move to the archive. */
  fileDays: number;
  /** Whether those files go with the stack when it is destroyed. */
  emptyOnDestroy: boolean;
  /** Buckets with customers' data: every access is recorded, and Macie looks through them. */
  dataBuckets: { name: pulumi.Input<string>; arn: pulumi.Input<string> }[];
  /** Costs by use: more of it in production. */
  thorough: boolean;
}

/** What every account has, whatever runs in it: who did what, what changed, who attacks, what is weak (AWS-6). */
export class SecurityBaseline extends pulumi.ComponentResource {
  readonly trail: Trail;
  /** Files of trail and Config. */
  readonly bucket: PrivateBucket;

  constructor(name: string, args: SecurityBaselineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:SecurityBaseline", name, {}, opts);
    const inside = { parent: this };
    const { stack, account, region, keyArn, thorough } = args;
    this.bucket = new PrivateBucket(
      `${name}-files`,
      {
        name: bucketName(stack, "audit", account),
        keyArn,
        keepOldVersionsDays: 90,
        emptyOnDestroy: args.emptyOnDestroy,
        lifecycle: [
          {
            id: "archive",
            status: "Enabled",
            filter: {},
            transitions: [{ days: 90, storageClass: "GLACIER" }],
            expiration: { days: args.fileDays },
          },
        ],
        statements: (arn) => [...trailWrites(arn, { stack, account, region }), ...configWrites(arn, account)],
      },
      inside,
    );
    // The bucket's policy must be there first: both services look at it before they begin.
    const afterBucket = { parent: this, dependsOn: [this.bucket] };
    const { bucket: files } = this.bucket;
    this.trail = new Trail(
      `${name}-trail`,
      {
        ...{ stack, account, region, keyArn },
        bucket: files.bucket,
        logDays: args.logDays,
        dataBucketArns: thorough ? args.dataBuckets.map(({ arn }) => arn) : [],
      },
      afterBucket,
    );
    new ConfigRecorder(
      `${name}-config`,
      {
        ...{ name: physicalName(stack, "config"), isHome: true, account, region, keyArn },
        bucket: files.bucket,
        bucketArn: files.arn,
        recording: thorough ? "CONTINUOUS" : "DAILY",
      },
      afterBucket,
    );
    new GuardDuty(`${name}-threats`, { watchTasks: thorough }, inside);
    new SecurityBaselineScanners(
      `${name}-scanners`,
      {
        ...{ stack, account, region },
        searchedBuckets: args.dataBuckets.map((bucket) => bucket.name),
        searchedPercent: thorough ? 10 : 1,
      },
      inside,
    );
    new SecurityBaselineAccount(`${name}-account`, { account }, inside);
    this.registerOutputs();
  }
}
