import * as codeconnections from "@pulumi/aws/codeconnections/index.js";
import * as codepipeline from "@pulumi/aws/codepipeline/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustService } from "../lib/policy-document.ts";
import { BuildProject, useArtifacts } from "./build-project.ts";
import { ImageSigning } from "./image-signing.ts";
import { PrivateBucket } from "./private-bucket.ts";
import { SecretSet } from "./secret-set.ts";

export interface CodePipelineReleaseArgs {
  /** "tradegraph-prod": in front of every name at AWS. */
  prefix: string;
  /** "tradegraph-prod-pipeline-111111111111" */
  bucketName: string;
  /** The environment, as scripts/deploy.sh calls it. */
  stack: string;
  /** "owner/name" at GitHub, and the branch that is released. */
  repository: string;
  branch: string;
  /** Whether a person says yes before the release. */
  approval: boolean;
  /** The role of bootstrap that may release; only the last step may take it. */
  deployRoleArn: pulumi.Input<string>;
  /** Where the last step tests, if not at the stack's own address: the shop of a marketplace. */
  smokeUrl?: string | undefined;
  /** Name of the repository that images come to; it signs them. */
  imageRepository: string;
  keyArn: pulumi.Input<string>;
  secretsKeyArn: pulumi.Input<string>;
  /** Whether what steps hand on goes with the stack when it is destroyed. */
  emptyOnDestroy: boolean;
  /** Days to change one's mind about deleting a secret. */
  recoveryDays: number;
  logsKeyArn: pulumi.Input<string>;
  logRetentionDays: number;
}

/** Steps before the image, side by side; infra/pulumi/delivery/<step>.yml says what each does. */
const tests = { unit: 30, integration: 60, security: 20 };
const BUILDSPECS = "infra/pulumi/delivery";
/** What the steps that are no tests of the image run in: Debian, for which .ci/run installs browsers, and the image's own Node. */
const MACHINE = "public.ecr.aws/docker/library/node:26.10.0";
/** With Docker in it. */
const MACHINE_WITH_DOCKER = "aws/codebuild/amazonlinux-aarch64-standard:3.0";
/** Said for one execution by its starter: an emergency is no time to look for staff with the area partners. */
const WITHOUT_PARTNER_CHECK = "WITHOUT_PARTNER_CHECK";

/**
 * The way of .github/workflows with AWS's own means: GitHub tells, tests run, an image is built once, a person may say yes,
 * and scripts/deploy.sh releases it. The connection to GitHub waits until a person confirms it in the console.
 */
export class CodePipelineRelease extends pulumi.ComponentResource {
  readonly pipeline: codepipeline.Pipeline;
  readonly connection: codeconnections.Connection;

  constructor(name: string, args: CodePipelineReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:CodePipelineRelease", name, {}, opts);
    const inside = { parent: this };
    // GitHub's name of it may have 32 characters.
    this.connection = new codeconnections.Connection(
      name,
      { name: `${args.prefix}-github`, providerType: "GitHub" },
      inside,
    );
    const { bucket } = new PrivateBucket(
      name,
      {
        name: args.bucketName,
        keyArn: args.keyArn,
        keepOldVersionsDays: 7,
        emptyOnDestroy: args.emptyOnDestroy,
        lifecycle: [{ id: "expiry", status: "Enabled", filter: {}, expiration: { days: 30 } }],
      },
      inside,
    );
    // Filled by a person: accounts of staff, one for each marketplace (docs/DELIVERY.md).
    const checks = "PARTNER_CHECKS";
    new SecretSet(
      name,
      {
        name: args.prefix,
        keyArn: args.secretsKeyArn,
        recoveryDays: args.recoveryDays,
        secrets: { [checks]: "Staff who look what a release breaks for partners: JSON, as docs/DELIVERY.md has it" },
      },
      inside,
    );
    new ImageSigning(name, { prefix: args.prefix, repository: args.imageRepository }, inside);
    const artifacts = { bucketArn: bucket.arn, keyArn: args.keyArn };
    // Each step clones the repository itself.
    const clone = useConnection(this.connection.arn);
    const project = (
      step: string,
      minutes: number,
      more: Partial<ConstructorParameters<typeof BuildProject>[1]> = {},
    ) =>
      new BuildProject(
        `${name}-${step}`,
        {
          name: `${args.prefix}-pipeline-${step}`,
          description: `Step ${step} of the pipeline`,
          buildspec: `${BUILDSPECS}/${step}.yml`,
          minutes,
          image: MACHINE,
          variables: {},
          ...{ artifacts, logsKeyArn: args.logsKeyArn, logRetentionDays: args.logRetentionDays },
          ...more,
          statements: [clone, ...(more.statements ?? [])],
        },
        inside,
      ).project;
    const testing = Object.entries(tests).map(([step, minutes]) => [step, project(step, minutes)] as const);
    const image = project("image", 45, { buildsImages: true, image: MACHINE_WITH_DOCKER });
    const release = project("release", 120, {
      variables: {
        ...{ ENVIRONMENT: args.stack, DEPLOY_ROLE_ARN: args.deployRoleArn },
        REQUIRE_SIGNATURE: "true",
        PARTNER_CHECKS_FROM: `${args.prefix}/${checks}`,
        ...(args.smokeUrl === undefined ? {} : { SMOKE_URL: args.smokeUrl }),
      },
      statements: [{ Sid: "Release", Effect: "Allow", Action: "sts:AssumeRole", Resource: args.deployRoleArn }],
    });
    const role = new iam.Role(
      name,
      {
        name: `${args.prefix}-pipeline`,
        description: "Starts the steps of the pipeline",
        assumeRolePolicy: trustService("codepipeline.amazonaws.com"),
      },
      inside,
    );
    const rights = new iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument(...useArtifacts(artifacts), clone, {
          Sid: "RunSteps",
          Effect: "Allow",
          Action: ["codebuild:StartBuild", "codebuild:BatchGetBuilds", "codebuild:StopBuild"],
          Resource: [...testing.map(([, { arn }]) => arn), image.arn, release.arn],
        }),
      },
      inside,
    );
    this.pipeline = new codepipeline.Pipeline(
      name,
      {
        name: `${args.prefix}-release`,
        roleArn: role.arn,
        pipelineType: "V2",
        // One after the other: none overtakes, none is broken off.
        executionMode: "QUEUED",
        variables: [
          { name: WITHOUT_PARTNER_CHECK, defaultValue: "false", description: "true: releases without asking" },
        ],
        artifactStores: [{ type: "S3", location: bucket.bucket, encryptionKey: { type: "KMS", id: args.keyArn } }],
        stages: [
          { name: "Source", actions: [source(args, this.connection.arn)] },
          { name: "Test", actions: testing.map(([step, { name: projectName }]) => build(step, projectName)) },
          { name: "Image", actions: [{ ...build("image", image.name), outputArtifacts: ["image"] }] },
          ...(args.approval ? [{ name: "Approval", actions: [approve(args)] }] : []),
          { name: "Release", actions: [releaseBy(release.name)] },
        ],
      },
      { parent: this, dependsOn: [rights] },
    );
    this.registerOutputs();
  }
}

/** By both names of the service: which one AWS asks for hangs on when the connection was made. */
const useConnection = (connectionArn: pulumi.Input<string>): Statement => ({
  Sid: "ReadSource",
  Effect: "Allow",
  Action: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
  Resource: connectionArn,
});

const source = ({ repository, branch }: CodePipelineReleaseArgs, connectionArn: pulumi.Output<string>) => ({
  ...{ name: "github", category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
  namespace: "Source",
  outputArtifacts: ["source"],
  configuration: {
    ConnectionArn: connectionArn,
    FullRepositoryId: repository,
    BranchName: branch,
    // With its history: the audit looks for secrets in every commit, and the image's tag is the commit.
    OutputArtifactFormat: "CODEBUILD_CLONE_REF",
    DetectChanges: "true",
  },
});

const build = (step: string, projectName: pulumi.Output<string>) => ({
  ...{ name: step, category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
  inputArtifacts: ["source"],
  configuration: { ProjectName: projectName },
});

const approve = ({ stack }: CodePipelineReleaseArgs) => ({
  ...{ name: "approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" },
  configuration: { CustomData: `Release #{Source.CommitId} to ${stack}? Has it passed in the environment before?` },
});

const releaseBy = (projectName: pulumi.Output<string>) => ({
  ...build("release", projectName),
  inputArtifacts: ["source", "image"],
  configuration: {
    ProjectName: projectName,
    PrimarySource: "source",
    EnvironmentVariables: JSON.stringify([
      { name: "EXECUTION", value: "#{codepipeline.PipelineExecutionId}", type: "PLAINTEXT" },
      { name: WITHOUT_PARTNER_CHECK, value: `#{variables.${WITHOUT_PARTNER_CHECK}}`, type: "PLAINTEXT" },
    ]),
  },
});
