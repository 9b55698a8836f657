import * as iam from "@pulumi/aws/iam/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as synthetics from "@pulumi/aws/synthetics/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type Journey } from "../functions/canaries/robot.ts";
import { canaryCode } from "../lib/function-code.ts";
import { policyDocument, trustService } from "../lib/policy-document.ts";

export interface SyntheticCanaryArgs {
  /** Name at AWS. */
  name: string;
  journey: Journey;
  everyMinutes: number;
  /** Where it runs. */
  account: string;
  region: string;
  /** Where its script and the reports of its runs lie. */
  bucket: { name: pulumi.Input<string>; arn: pulumi.Input<string> };
  keyArn: pulumi.Input<string>;
}

/** Without a browser: it speaks HTTP alone. Of Node.js 22: AWS makes no canary on a Node.js that Lambda has given up. */
const RUNTIME = "syn-nodejs-4.1";
const NAMESPACE = "CloudWatchSynthetics";

/** A robot that does every few minutes what a customer does, from outside (functions/canaries). */
export class SyntheticCanary extends pulumi.ComponentResource {
  readonly canary: synthetics.Canary;

  constructor(name: string, args: SyntheticCanaryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:SyntheticCanary", name, {}, opts);
    const inside = { parent: this };
    const { bucket, keyArn, account, region } = args;
    const { archive, version } = canaryCode(args.journey);
    const script = new s3.BucketObjectv2(
      name,
      // A new name for each version: the canary learns of it, and the one before can be looked at.
      { bucket: bucket.name, key: `scripts/${args.name}-${version}.zip`, source: archive, kmsKeyId: keyArn },
      inside,
    );
    const runs = `runs/${args.name}`;
    const role = new iam.Role(
      name,
      {
        name: `${args.name}-canary`,
        description: `Synthetic canary ${args.name}`,
        assumeRolePolicy: trustService("lambda.amazonaws.com"),
      },
      inside,
    );
    const policy = new iam.RolePolicy(
      name,
      {
        role: role.name,
        // What CloudWatch's guide asks of a canary with a key of one's own ("Required roles and permissions for canaries"), but for
        // traces, which this one sends none of.
        policy: policyDocument(
          {
            Sid: "WriteReports",
            Effect: "Allow",
            Action: ["s3:PutObject", "s3:GetObject"],
            Resource: pulumi.interpolate`${bucket.arn}/${runs}/*`,
          },
          { Sid: "FindBucket", Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucket.arn },
          { Sid: "FindBuckets", Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" },
          {
            Sid: "WriteLog",
            Effect: "Allow",
            // Nobody else can make the group: its name ends in an id that AWS draws with the canary.
            Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/cwsyn-${args.name}-*`,
          },
          { Sid: "Seal", Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: keyArn },
          {
            Sid: "Measure",
            Effect: "Allow",
            Action: "cloudwatch:PutMetricData",
            Resource: "*",
            Condition: { StringEquals: { "cloudwatch:namespace": NAMESPACE } },
          },
        ),
      },
      inside,
    );
    this.canary = new synthetics.Canary(
      name,
      {
        name: args.name,
        runtimeVersion: RUNTIME,
        handler: "robot.handler",
        s3Bucket: bucket.name,
        s3Key: script.key,
        artifactS3Location: pulumi.interpolate`s3://${bucket.name}/${runs}/`,
        artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: keyArn } },
        executionRoleArn: role.arn,
        schedule: { expression: `rate(${args.everyMinutes} ${args.everyMinutes === 1 ? "minute" : "minutes"})` },
        runConfig: { timeoutInSeconds: 60 },
        startCanary: true,
        deleteLambda: true,
      },
      // AWS looks whether the role may write reports.
      { parent: this, dependsOn: [policy] },
    );
    this.registerOutputs();
  }
}
