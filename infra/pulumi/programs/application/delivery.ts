// The alternative to GitHub Actions: a pipeline of AWS's own, in the account of the stack (docs/DELIVERY.md).
import { type Provider } from "@pulumi/aws/provider.js";
import { CodePipelineRelease } from "../../components/code-pipeline-release.ts";
import { type Foundation } from "../../lib/foundation-outputs.ts";
import { bucketName, physicalName, PRODUCT } from "../../lib/naming.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { shopHost } from "./functions.ts";
import { type Settings } from "./settings.ts";

interface Delivered {
  stack: StackName;
  given: Settings;
  foundation: Foundation;
  provider: Provider;
}

/** Nothing where GitHub Actions delivers. */
export function makeDelivery({ stack, given, foundation: { keys }, provider }: Delivered): void {
  if (given.delivery === "github") return;
  const shop = shopHost(given);
  new CodePipelineRelease(
    "pipeline",
    {
      prefix: `${PRODUCT}-${stack}`,
      bucketName: bucketName(stack, "pipeline", given.account),
      imageRepository: physicalName(stack, "app"),
      stack,
      repository: given.sourceRepository,
      branch: given.sourceBranch,
      approval: given.approveReleases,
      deployRoleArn: `arn:aws:iam::${given.account}:role/${physicalName(stack, "github-deploy")}`,
      ...(shop === undefined ? {} : { smokeUrl: `https://${shop}/graphql` }),
      keyArn: keys.data,
      secretsKeyArn: keys.secrets,
      emptyOnDestroy: given.emptyOnDestroy,
      recoveryDays: given.deletionProtection ? 30 : 7,
      logsKeyArn: keys.logs,
      logRetentionDays: given.logRetentionDays,
    },
    { provider },
  );
}
