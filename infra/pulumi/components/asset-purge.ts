import * as lambda from "@pulumi/aws/lambda/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as sqs from "@pulumi/aws/sqs/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../lib/policy-document.ts";
import { LambdaFunction, type LambdaFunctionArgs } from "./lambda-function.ts";

export interface AssetPurgeArgs extends Pick<LambdaFunctionArgs, "logsKeyArn" | "logRetentionDays"> {
  /** Name at AWS of function and queue. */
  name: string;
  account: string;
  region: string;
  bucket: { name: pulumi.Input<string>; arn: pulumi.Input<string> };
  /** Seals the queue. Its policy lets S3 use it. */
  keyArn: pulumi.Input<string>;
  distribution: { id: pulumi.Input<string>; arn: pulumi.Input<string> };
}

const TIMEOUT_SECONDS = 30;
const WINDOW_SECONDS = 30;

/** Objects of the assets bucket that were replaced or removed are forgotten by the CDN, by functions/purge-assets. */
export class AssetPurge extends pulumi.ComponentResource {
  readonly function: lambda.Function;
  /** Messages that five attempts could not deal with. */
  readonly deadLetters: sqs.Queue;

  constructor(name: string, args: AssetPurgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:AssetPurge", name, {}, opts);
    const inside = { parent: this };
    const { logsKeyArn, logRetentionDays, distribution, keyArn, bucket } = args;
    const sealed = { kmsMasterKeyId: keyArn, kmsDataKeyReusePeriodSeconds: 3600 };
    this.deadLetters = new sqs.Queue(
      `${name}-dead-letters`,
      { name: `${args.name}-dead-letters`, messageRetentionSeconds: 14 * 86_400, ...sealed },
      inside,
    );
    const queue = new sqs.Queue(
      name,
      {
        name: args.name,
        // AWS's advice for queues of functions: six times the function's time, and the window.
        visibilityTimeoutSeconds: 6 * TIMEOUT_SECONDS + WINDOW_SECONDS,
        redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: this.deadLetters.arn, maxReceiveCount: 5 }),
        ...sealed,
      },
      inside,
    );
    const letIn = new sqs.QueuePolicy(
      name,
      { queueUrl: queue.url, policy: bucketMaySend(queue.arn, bucket.arn, args.account) },
      inside,
    );
    const made = new LambdaFunction(
      name,
      {
        ...{ name: args.name, logsKeyArn, logRetentionDays, code: "purge-assets", timeoutSeconds: TIMEOUT_SECONDS },
        description: "Tells the CDN which assets to forget",
        environment: { DISTRIBUTION_ID: distribution.id },
        statements: [
          { Sid: "Purge", Effect: "Allow", Action: "cloudfront:CreateInvalidation", Resource: distribution.arn },
          {
            Sid: "ReadQueue",
            Effect: "Allow",
            Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
            Resource: queue.arn,
          },
          {
            Sid: "OpenMessages",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: keyArn,
            Condition: { StringEquals: { "kms:ViaService": `sqs.${args.region}.amazonaws.com` } },
          },
        ],
      },
      inside,
    );
    this.function = made.function;
    new lambda.EventSourceMapping(
      name,
      {
        eventSourceArn: queue.arn,
        functionName: this.function.name,
        // An upload of many files becomes one invalidation.
        batchSize: 1000,
        maximumBatchingWindowInSeconds: WINDOW_SECONDS,
        functionResponseTypes: ["ReportBatchItemFailures"],
        // CloudFront carries out few invalidations at once; the least AWS takes here.
        scalingConfig: { maximumConcurrency: 2 },
      },
      inside,
    );
    new s3.BucketNotification(
      name,
      {
        bucket: bucket.name,
        queues: [
          { queueArn: queue.arn, events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], filterPrefix: "assets/" },
        ],
      },
      // S3 sends a first message to see whether it may.
      { parent: this, dependsOn: [letIn] },
    );
    this.registerOutputs();
  }
}

const bucketMaySend = (queue: pulumi.Output<string>, bucket: pulumi.Input<string>, account: string) =>
  policyDocument({
    Sid: "ObjectEvents",
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queue,
    Condition: { ArnEquals: { "aws:SourceArn": bucket }, StringEquals: { "aws:SourceAccount": account } },
  });
