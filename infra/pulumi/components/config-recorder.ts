import * as cfg from "@pulumi/aws/cfg/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { configRules, conformanceTemplate, rulesOfRegion } from "../lib/config-rules.ts";
import { policyDocument, type Statement, trustService } from "../lib/policy-document.ts";

export interface ConfigRecorderArgs {
  /** Recorder, channel, pack and role are called so at AWS; roles of all regions are in one list. */
  name: string;
  /** Whether it records what is in no region as well, such as roles, and asks after the account as a whole: one region does. */
  isHome: boolean;
  account: string;
  region: string;
  /** Bucket for the files, in this region or another; its policy has `configWrites`. */
  bucket: pulumi.Input<string>;
  bucketArn: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  /** Each change, or once a day: a change costs $0.003, and tasks come and go all day. */
  recording: "CONTINUOUS" | "DAILY";
}

/** AWS Config: what every resource looked like at any time, and rules that look at it, drift by hand included. */
export class ConfigRecorder extends pulumi.ComponentResource {
  constructor(name: string, args: ConfigRecorderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:ConfigRecorder", name, {}, opts);
    const inside = { parent: this };
    const physical = args.name;
    const role = new iam.Role(
      name,
      {
        name: physical,
        description: "AWS Config looks at resources and writes what it saw",
        assumeRolePolicy: trustService("config.amazonaws.com"),
      },
      inside,
    );
    const mayLook = new iam.RolePolicyAttachment(
      name,
      { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AWS_ConfigRole" },
      inside,
    );
    const mayWrite = new iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument(
          { Effect: "Allow", Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: args.bucketArn },
          {
            Effect: "Allow",
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${args.bucketArn}/AWSLogs/${args.account}/*`,
          },
          { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: args.keyArn },
        ),
      },
      inside,
    );
    const recorder = new cfg.Recorder(
      name,
      {
        name: physical,
        roleArn: role.arn,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: args.isHome },
        recordingMode: { recordingFrequency: args.recording },
      },
      inside,
    );
    const channel = new cfg.DeliveryChannel(
      name,
      {
        name: physical,
        s3BucketName: args.bucket,
        s3KmsKeyArn: args.keyArn,
        snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
      },
      // AWS writes a file at once, as the role, and refuses the channel where it may not.
      { parent: this, dependsOn: [recorder, mayLook, mayWrite] },
    );
    const running = new cfg.RecorderStatus(
      name,
      { name: recorder.name, isEnabled: true },
      { parent: this, dependsOn: [channel] },
    );
    new cfg.ConformancePack(
      name,
      { name: physical, templateBody: conformanceTemplate(args.isHome ? configRules : rulesOfRegion, args.region) },
      // Rules are refused while nothing is recorded.
      { parent: this, dependsOn: [running] },
    );
    this.registerOutputs();
  }
}

/** What the bucket's policy needs. */
export const configWrites = (bucket: pulumi.Output<string>, account: string): Statement[] => {
  const service = {
    Effect: "Allow" as const,
    Principal: { Service: "config.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
  return [
    { Sid: "ConfigLooks", ...service, Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: bucket },
    {
      Sid: "ConfigWrites",
      ...service,
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${bucket}/AWSLogs/${account}/*`,
    },
  ];
};
