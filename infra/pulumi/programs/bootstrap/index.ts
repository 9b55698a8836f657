// Once per account, by a person: where Pulumi keeps state and secrets, and how GitHub Actions gets in.
import * as pulumi from "@pulumi/pulumi";
import { EncryptionKey } from "../../components/encryption-key.ts";
import { GithubRoles } from "../../components/github-roles.ts";
import { PrivateBucket } from "../../components/private-bucket.ts";
import { awsProvider } from "../../lib/aws-provider.ts";
import { bucketName, physicalName } from "../../lib/naming.ts";
import { readSettings } from "../../lib/settings.ts";
import { currentStack } from "../../lib/stack-name.ts";
import { settings } from "./settings.ts";

const stack = currentStack();
const { account, region, owner, repository, createGithubProvider, delivery, keepOldStateDays } = readSettings(settings);
const provider = awsProvider("bootstrap", stack, { account, region, owner });
// Losing the state or its key means losing the way back to everything else.
const kept = { provider, protect: true };

const secrets = new EncryptionKey(
  "secrets",
  { name: physicalName(stack, "pulumi"), description: "Secrets and state of Pulumi", account },
  kept,
);
const state = new PrivateBucket(
  "state",
  {
    name: bucketName(stack, "state", account),
    keyArn: secrets.key.arn,
    keepOldVersionsDays: keepOldStateDays,
  },
  kept,
);
const github = new GithubRoles(
  "github",
  {
    account,
    stack,
    repository,
    createProvider: createGithubProvider,
    stateBucketArn: state.bucket.arn,
    secretsKeyArn: secrets.key.arn,
    ...(delivery === "codepipeline"
      ? { releaseRoleArn: `arn:aws:iam::${account}:role/${physicalName(stack, "pipeline-release")}` }
      : {}),
  },
  { provider },
);

/** For `pulumi login`. */
export const backend = pulumi.interpolate`s3://${state.bucket.bucket}?region=${region}&awssdk=v2`;
/** For `pulumi stack init --secrets-provider`. */
export const secretsProvider = pulumi.interpolate`awskms://${secrets.alias.name}?region=${region}`;
export const previewRoleArn = github.previewRole.arn;
export const deployRoleArn = github.deployRole.arn;
