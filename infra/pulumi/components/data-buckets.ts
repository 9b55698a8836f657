import * as pulumi from "@pulumi/pulumi";
import { type DataBucketName, dataBucketNames } from "../lib/foundation-outputs.ts";
import { type Statement } from "../lib/policy-document.ts";
import { PrivateBucket, type PrivateBucketArgs } from "./private-bucket.ts";

export interface DataBucketsArgs {
  account: string;
  /** Full name of a bucket, shared with all accounts of the world. */
  nameOf: (bucket: DataBucketName) => string;
  /** Keys of data (assets, exports) and of logs. */
  keys: { data: pulumi.Input<string>; logs: pulumi.Input<string> };
  keepOldVersionsDays: number;
  /** Whether files go with their bucket when the stack is destroyed. */
  emptyOnDestroy: boolean;
  /** Days after which files that somebody asked for (exports of personal data) go by themselves. */
  exportDays: number;
  /** Days that files of logs are kept; after 90 they lie in Glacier (BAK-5). */
  logDays: number;
}

type Lifecycle = NonNullable<PrivateBucketArgs["lifecycle"]>;

/** Pictures and downloads of shops (assets), files made for somebody (exports), files of logs (logs). */
export class DataBuckets extends pulumi.ComponentResource {
  readonly buckets: Record<DataBucketName, PrivateBucket>;

  constructor(name: string, args: DataBucketsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:DataBuckets", name, {}, opts);
    const special: Record<DataBucketName, Pick<PrivateBucketArgs, "lifecycle" | "statements">> = {
      assets: { lifecycle: [tiering], statements: (arn) => [byCloudFront(arn, args.account)] },
      exports: { lifecycle: [tiering, expiry(args.exportDays)] },
      logs: { lifecycle: archive(args.logDays), statements: (arn) => logWriters(arn, args.account) },
    };
    const made = dataBucketNames.map((bucket) => {
      const { keepOldVersionsDays, emptyOnDestroy } = args;
      const keyArn = bucket === "logs" ? args.keys.logs : args.keys.data;
      const shared = { name: args.nameOf(bucket), keyArn, keepOldVersionsDays, emptyOnDestroy };
      return [bucket, new PrivateBucket(bucket, { ...shared, ...special[bucket] }, { parent: this })] as const;
    });
    this.buckets = Object.fromEntries(made) as DataBuckets["buckets"];
    this.registerOutputs();
  }
}

const rule = (id: string, rest: object): Lifecycle[number] => ({ id, status: "Enabled", filter: {}, ...rest });

/** AWS moves files between tiers by use; none is slower to read. */
const tiering = rule("tiering", { transitions: [{ days: 0, storageClass: "INTELLIGENT_TIERING" }] });

const expiry = (days: number) => rule("expiry", { expiration: { days } });

const ARCHIVE_AFTER_DAYS = 90;

const archive = (days: number): Lifecycle => [
  ...(days > ARCHIVE_AFTER_DAYS
    ? [rule("archive", { transitions: [{ days: ARCHIVE_AFTER_DAYS, storageClass: "GLACIER" }] })]
    : []),
  expiry(days),
];

/** Distributions of this account read by origin access control; which one, the application program decides. */
export const byCloudFront = (arn: pulumi.Output<string>, account: string): Statement => ({
  Sid: "AssetsByCloudFront",
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "s3:GetObject",
  Resource: pulumi.interpolate`${arn}/*`,
  Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${account}:distribution/*` } },
});

const logWriters = (arn: pulumi.Output<string>, account: string): Statement[] => {
  const Principal = {
    Service: ["delivery.logs.amazonaws.com", "cloudtrail.amazonaws.com", "config.amazonaws.com"],
  };
  const ours = { "aws:SourceAccount": account };
  return [
    {
      Sid: "LogWritersLook",
      Effect: "Allow",
      Principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: arn,
      Condition: { StringEquals: ours },
    },
    {
      Sid: "LogWritersWrite",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${arn}/*`,
      Condition: { StringEquals: ours },
    },
  ];
};
