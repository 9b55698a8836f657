import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as codebuild from "@pulumi/aws/codebuild/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustService } from "../lib/policy-document.ts";

export interface BuildProjectArgs {
  /** Name at AWS. */
  name: string;
  description: string;
  /** File of the repository that says what is done. */
  buildspec: string;
  minutes: number;
  /** What it runs in: an image of CodeBuild, or one that is public. */
  image: string;
  /** Whether it builds images, for which Docker wants to be root of its machine. */
  buildsImages?: boolean;
  variables: Record<string, pulumi.Input<string>>;
  artifacts: { bucketArn: pulumi.Input<string>; keyArn: pulumi.Input<string> };
  logsKeyArn: pulumi.Input<string>;
  logRetentionDays: number;
  /** Rights beyond its own log and the pipeline's artifacts. */
  statements: Statement[];
}

/** One step of a pipeline: a machine on ARM that runs a file of the repository, with a log and a role of its own. */
export class BuildProject extends pulumi.ComponentResource {
  readonly project: codebuild.Project;

  constructor(name: string, args: BuildProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:BuildProject", name, {}, opts);
    const inside = { parent: this };
    const log = new cloudwatch.LogGroup(
      name,
      {
        name: `/codebuild/${args.name}`,
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.logsKeyArn,
      },
      inside,
    );
    const role = new iam.Role(
      name,
      {
        name: args.name,
        description: args.description,
        assumeRolePolicy: trustService("codebuild.amazonaws.com"),
      },
      inside,
    );
    const rights = new iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument(
          {
            Sid: "WriteLog",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${log.arn}:*`,
          },
          ...useArtifacts(args.artifacts),
          ...args.statements,
        ),
      },
      inside,
    );
    this.project = new codebuild.Project(
      name,
      {
        name: args.name,
        description: args.description,
        serviceRole: role.arn,
        buildTimeout: args.minutes,
        queuedTimeout: 60,
        encryptionKey: args.artifacts.keyArn,
        source: { type: "CODEPIPELINE", buildspec: args.buildspec },
        artifacts: { type: "CODEPIPELINE" },
        environment: {
          type: "ARM_CONTAINER",
          computeType: "BUILD_GENERAL1_LARGE",
          image: args.image,
          privilegedMode: args.buildsImages ?? false,
          environmentVariables: Object.entries(args.variables).map(([variable, value]) => ({ name: variable, value })),
        },
        logsConfig: { cloudwatchLogs: { groupName: log.name, status: "ENABLED" } },
      },
      // CodeBuild looks whether the role may write.
      { parent: this, dependsOn: [rights] },
    );
    this.registerOutputs();
  }
}

/** What each step and the pipeline itself need of the bucket between them. */
export const useArtifacts = ({ bucketArn, keyArn }: BuildProjectArgs["artifacts"]): Statement[] => [
  {
    Sid: "UseArtifacts",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
    Resource: pulumi.interpolate`${bucketArn}/*`,
  },
  {
    Sid: "FindArtifacts",
    Effect: "Allow",
    Action: ["s3:GetBucketLocation", "s3:GetBucketVersioning"],
    Resource: bucketArn,
  },
  {
    Sid: "OpenArtifacts",
    Effect: "Allow",
    // What CodeBuild's guide asks of a key of one's own.
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    Resource: keyArn,
  },
];
