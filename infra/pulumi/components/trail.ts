import * as cloudtrail from "@pulumi/aws/cloudtrail/index.js";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { trailPatterns } from "../lib/alarm-account.ts";
import { physicalName } from "../lib/naming.ts";
import { policyDocument, type Statement, trustService } from "../lib/policy-document.ts";
import { type StackName } from "../lib/stack-name.ts";

export interface TrailArgs {
  stack: StackName;
  account: string;
  region: string;
  /** Bucket for the files; its policy has `trailWrites`. */
  bucket: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  /** Days the searchable copy is kept; the files stay longer. */
  logDays: number;
  /** Buckets whose every reading and writing is recorded as well. */
  dataBucketArns?: pulumi.Input<string>[];
}

/** Who did what in the account, in all regions: signed files, and a log that alarms look at. */
export class Trail extends pulumi.ComponentResource {
  readonly trail: cloudtrail.Trail;
  readonly logGroup: cloudwatch.LogGroup;

  constructor(name: string, args: TrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Trail", name, {}, opts);
    const inside = { parent: this };
    const physical = physicalName(args.stack, "trail");
    this.logGroup = new cloudwatch.LogGroup(
      name,
      { name: `/aws/cloudtrail/${physical}`, retentionInDays: args.logDays, kmsKeyId: args.keyArn },
      inside,
    );
    const streams = pulumi.interpolate`${this.logGroup.arn}:*`;
    const role = new iam.Role(
      name,
      {
        name: physical,
        description: "CloudTrail writes its log group",
        assumeRolePolicy: trustService("cloudtrail.amazonaws.com"),
      },
      inside,
    );
    const right = new iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument({
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: streams,
        }),
      },
      inside,
    );
    this.trail = new cloudtrail.Trail(
      name,
      {
        name: physical,
        s3BucketName: args.bucket,
        kmsKeyId: args.keyArn,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        cloudWatchLogsGroupArn: streams,
        cloudWatchLogsRoleArn: role.arn,
        advancedEventSelectors: selectors(args.dataBucketArns ?? []),
      },
      { parent: this, dependsOn: [right] },
    );
    for (const [metric, pattern] of Object.entries(trailPatterns)) {
      new cloudwatch.LogMetricFilter(
        `${name}-${metric}`,
        {
          name: physicalName(args.stack, metric),
          logGroupName: this.logGroup.name,
          pattern,
          metricTransformation: { name: metric, namespace: "Tradegraph/Account", value: "1", defaultValue: "0" },
        },
        inside,
      );
    }
    this.registerOutputs();
  }
}

function selectors(buckets: pulumi.Input<string>[]) {
  const management = {
    name: "All management events",
    fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
  };
  if (buckets.length === 0) return [management];
  const data = {
    name: "Objects of buckets with customers' data",
    fieldSelectors: [
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: ["AWS::S3::Object"] },
      { field: "resources.ARN", startsWiths: buckets.map((arn) => pulumi.interpolate`${arn}/`) },
    ],
  };
  return [management, data];
}

/** What the bucket's policy needs; CloudTrail looks at it before it begins. */
export const trailWrites = (
  bucket: pulumi.Output<string>,
  { stack, account, region }: Pick<TrailArgs, "stack" | "account" | "region">,
): Statement[] => {
  const from = `arn:aws:cloudtrail:${region}:${account}:trail/${physicalName(stack, "trail")}`;
  const statement = (Sid: string, Action: string, Resource: Statement["Resource"], more: object = {}): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action,
    ...(Resource ? { Resource } : {}),
    Condition: { StringEquals: { "aws:SourceArn": from, ...more } },
  });
  return [
    statement("TrailLooks", "s3:GetBucketAcl", bucket),
    statement("TrailWrites", "s3:PutObject", pulumi.interpolate`${bucket}/AWSLogs/${account}/*`, {
      "s3:x-amz-acl": "bucket-owner-full-control",
    }),
  ];
};
