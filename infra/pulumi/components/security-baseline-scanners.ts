import * as accessanalyzer from "@pulumi/aws/accessanalyzer/index.js";
import * as inspector2 from "@pulumi/aws/inspector2/index.js";
import * as macie2 from "@pulumi/aws/macie2/index.js";
import * as securityhub from "@pulumi/aws/securityhub/index.js";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../lib/naming.ts";
import { type StackName } from "../lib/stack-name.ts";

export interface SecurityBaselineScannersArgs {
  stack: StackName;
  account: string;
  region: string;
  /** Buckets in which Macie looks for personal data each week. */
  searchedBuckets: pulumi.Input<string>[];
  /** Percent of the objects it reads; it costs $1 a GB. */
  searchedPercent: number;
}

/** Looks for weak images, personal data in the wrong place, doors left open; Security Hub gathers what they find. */
export class SecurityBaselineScanners extends pulumi.ComponentResource {
  constructor(name: string, args: SecurityBaselineScannersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:SecurityBaselineScanners", name, {}, opts);
    const inside = { parent: this };
    new inspector2.Enabler(name, { accountIds: [args.account], resourceTypes: ["ECR", "LAMBDA"] }, inside);
    new accessanalyzer.Analyzer(
      name,
      { analyzerName: physicalName(args.stack, "open-to-outside"), type: "ACCOUNT" },
      inside,
    );
    const macie = new macie2.Account(
      name,
      { status: "ENABLED", findingPublishingFrequency: "FIFTEEN_MINUTES" },
      inside,
    );
    if (args.searchedBuckets.length > 0) {
      new macie2.ClassificationJob(
        name,
        {
          name: physicalName(args.stack, "personal-data"),
          jobType: "SCHEDULED",
          scheduleFrequency: { weeklySchedule: "MONDAY" },
          samplingPercentage: args.searchedPercent,
          s3JobDefinition: { bucketDefinitions: [{ accountId: args.account, buckets: args.searchedBuckets }] },
        },
        { parent: this, dependsOn: [macie] },
      );
    }
    const hub = new securityhub.Account(
      name,
      { enableDefaultStandards: false, controlFindingGenerator: "SECURITY_CONTROL", autoEnableControls: true },
      inside,
    );
    for (const [standard, version] of standards) {
      new securityhub.StandardsSubscription(
        `${name}-${standard}`,
        { standardsArn: `arn:aws:securityhub:${args.region}::standards/${standard}/v/${version}` },
        { parent: this, dependsOn: [hub] },
      );
    }
    this.registerOutputs();
  }
}

const standards = [
  ["aws-foundational-security-best-practices", "1.0.0"],
  ["cis-aws-foundations-benchmark", "3.0.0"],
] as const;
