import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { CodePipelineRelease } from "./code-pipeline-release.ts";

const made = async (approval = true, more: { smokeUrl?: string } = {}) => {
  const recorded = await mockEngine("prod");
  new CodePipelineRelease("pipeline", {
    ...{
      prefix: "tradegraph-prod",
      bucketName: "tradegraph-prod-pipeline-1",
      imageRepository: "tradegraph-prod-app",
      stack: "prod",
    },
    ...{ repository: "acme/tradegraph", branch: "main", approval },
    ...more,
    ...{
      deployRoleArn: "arn:deploy",
      keyArn: "arn:key",
      secretsKeyArn: "arn:secrets",
      emptyOnDestroy: false,
      recoveryDays: 30,
      logsKeyArn: "arn:logs",
      logRetentionDays: 90,
    },
  });
  return recorded;
};
interface Stage {
  name: string;
  actions: { name: string; provider: string; configuration: Record<string, string>; inputArtifacts?: string[] }[];
}
interface Policy {
  Statement: { Action: string | string[]; Resource: unknown }[];
}

describe("CodePipelineRelease", () => {
  it("goes from GitHub by tests, one image and an approval to the release, one at a time", async () => {
    const { inputs } = await (await made()).only("codepipeline.Pipeline");
    const stages = inputs["stages"] as Stage[];
    expect(stages.map(({ name, actions }) => [name, actions.map((action) => action.name)])).toEqual([
      ["Source", ["github"]],
      ["Test", ["unit", "integration", "security"]],
      ["Image", ["image"]],
      ["Approval", ["approve"]],
      ["Release", ["release"]],
    ]);
    expect(inputs).toMatchObject({ pipelineType: "V2", executionMode: "QUEUED" });
    expect(inputs["artifactStores"]).toMatchObject([{ encryptionKey: { type: "KMS", id: "arn:key" } }]);
    expect(stages[0]?.actions[0]).toMatchObject({
      provider: "CodeStarSourceConnection",
      configuration: { FullRepositoryId: "acme/tradegraph", BranchName: "main" },
    });
    expect(inputs["variables"]).toMatchObject([{ name: "WITHOUT_PARTNER_CHECK", defaultValue: "false" }]);
    expect(stages.at(-1)?.actions[0]?.configuration["EnvironmentVariables"]).toContain(
      '"#{variables.WITHOUT_PARTNER_CHECK}"',
    );
    expect(stages.at(-1)?.actions[0]?.inputArtifacts).toEqual(["source", "image"]);
  });

  it("asks nobody where nobody is to be asked", async () => {
    const { inputs } = await (await made(false)).only("codepipeline.Pipeline");
    expect((inputs["stages"] as Stage[]).map(({ name }) => name)).not.toContain("Approval");
  });

  it("runs files that are there, on ARM, with a log each, and Docker only where images are built", async () => {
    const recorded = await made();
    const projects = await recorded.ofKind("codebuild.Project");
    expect(projects).toHaveLength(5);
    for (const { inputs } of projects) {
      const { buildspec } = inputs["source"] as { buildspec: string };
      expect(existsSync(resolve(import.meta.dirname, "../../..", buildspec)), buildspec).toBe(true);
      const { type, privilegedMode } = inputs["environment"] as { type: string; privilegedMode: boolean };
      expect([type, privilegedMode]).toEqual(["ARM_CONTAINER", buildspec.endsWith("/image.yml")]);
      expect(inputs["encryptionKey"]).toBe("arn:key");
    }
    expect(await recorded.ofKind("cloudwatch.LogGroup")).toHaveLength(5);
  });

  it("gives the last step a secret for the check of partners, which a person fills, and the shop to test at", async () => {
    const recorded = await made(true, { smokeUrl: "https://shop.example.com/graphql" });
    expect((await recorded.only("secretsmanager.Secret")).inputs).toMatchObject({
      ...{ name: "tradegraph-prod/PARTNER_CHECKS", kmsKeyId: "arn:secrets", recoveryWindowInDays: 30 },
    });
    const projects = await recorded.ofKind("codebuild.Project");
    const release = projects.find(({ name }) => name === "pipeline-release");
    const { environmentVariables } = release?.inputs["environment"] as { environmentVariables: { name: string }[] };
    expect(environmentVariables).toEqual([
      { name: "ENVIRONMENT", value: "prod" },
      { name: "DEPLOY_ROLE_ARN", value: "arn:deploy" },
      { name: "REQUIRE_SIGNATURE", value: "true" },
      { name: "PARTNER_CHECKS_FROM", value: "tradegraph-prod/PARTNER_CHECKS" },
      { name: "SMOKE_URL", value: "https://shop.example.com/graphql" },
    ]);
    // Whatever the component gives, the step must use.
    const steps = readFileSync(resolve(import.meta.dirname, "../delivery/release.yml"), "utf8");
    for (const used of ["$ENVIRONMENT", "$DEPLOY_ROLE_ARN", "SMOKE_URL", "WITHOUT_PARTNER_CHECK"])
      expect(steps).toContain(used);
  });

  it("has the registry sign what it pushes", async () => {
    const recorded = await made();
    const { inputs: profile } = await recorded.only("signer.SigningProfile");
    expect(profile).toEqual({ namePrefix: "tradegraph_prod_", platformId: "Notation-OCI-SHA384-ECDSA" });
    const { inputs } = await recorded.only("cloudcontrol.Resource");
    expect(inputs["typeName"]).toBe("AWS::ECR::SigningConfiguration");
    expect(JSON.parse(String(inputs["desiredState"]))).toMatchObject({
      Rules: [{ RepositoryFilters: [{ Filter: "tradegraph-prod-app", FilterType: "WILDCARD_MATCH" }] }],
    });
  });

  it("tests and releases on a machine for which .ci/run knows how to install what it lacks", async () => {
    const dockerfile = readFileSync(resolve(import.meta.dirname, "../../../Dockerfile"), "utf8");
    const node = /^FROM public\.ecr\.aws\/docker\/library\/node:([\d.]+)-slim$/m.exec(dockerfile)?.[1];
    for (const { name, inputs } of await (await made()).ofKind("codebuild.Project")) {
      const { image } = inputs["environment"] as { image: string };
      const isBuilder = name === "pipeline-image";
      expect(image, name).toBe(
        isBuilder ? "aws/codebuild/amazonlinux-aarch64-standard:3.0" : `public.ecr.aws/docker/library/node:${node}`,
      );
    }
  });

  it("lets only the last step take the role that may release, and no step do anything else", async () => {
    const policies = await (await made()).ofKind("iam.RolePolicy");
    const actions = policies.map(({ name, inputs }) => {
      const { Statement } = JSON.parse(String(inputs["policy"])) as Policy;
      return [name, Statement.flatMap(({ Action }) => Action)] as const;
    });
    const own = ["logs:CreateLogStream", "logs:PutLogEvents"];
    const artifacts = [
      ...["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:GetBucketLocation", "s3:GetBucketVersioning"],
      ...["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    ];
    expect(Object.fromEntries(actions)).toEqual({
      pipeline: [
        ...artifacts,
        ...["codeconnections:UseConnection", "codestar-connections:UseConnection"],
        ...["codebuild:StartBuild", "codebuild:BatchGetBuilds", "codebuild:StopBuild"],
      ],
      ...Object.fromEntries(
        ["unit", "integration", "security", "image"].map((step) => [
          `pipeline-${step}`,
          [...own, ...artifacts, "codeconnections:UseConnection", "codestar-connections:UseConnection"],
        ]),
      ),
      "pipeline-release": [
        ...[...own, ...artifacts, "codeconnections:UseConnection", "codestar-connections:UseConnection"],
        "sts:AssumeRole",
      ],
    });
  });
});
