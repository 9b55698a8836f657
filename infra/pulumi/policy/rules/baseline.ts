import * as accessanalyzer from "@pulumi/aws/accessanalyzer/index.js";
import * as cfg from "@pulumi/aws/cfg/index.js";
import * as cloudtrail from "@pulumi/aws/cloudtrail/index.js";
import * as ebs from "@pulumi/aws/ebs/index.js";
import * as guardduty from "@pulumi/aws/guardduty/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as inspector2 from "@pulumi/aws/inspector2/index.js";
import * as macie2 from "@pulumi/aws/macie2/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as securityhub from "@pulumi/aws/securityhub/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { known } from "../unknown.ts";

/** What `account-guards` looks at, and what it cannot miss: a guard that was taken out has no settings to be wrong. */
const GUARDS: Record<string, Parameters<PolicyResource["isType"]>[0]> = {
  "cloudtrail.Trail": cloudtrail.Trail,
  "guardduty.Detector": guardduty.Detector,
  "cfg.Recorder": cfg.Recorder,
  "cfg.RecorderStatus": cfg.RecorderStatus,
  "cfg.DeliveryChannel": cfg.DeliveryChannel,
  "inspector2.Enabler": inspector2.Enabler,
  "macie2.Account": macie2.Account,
  "securityhub.Account": securityhub.Account,
  "accessanalyzer.Analyzer": accessanalyzer.Analyzer,
  "ebs.EncryptionByDefault": ebs.EncryptionByDefault,
  "s3.AccountPublicAccessBlock": s3.AccountPublicAccessBlock,
  "iam.AccountPasswordPolicy": iam.AccountPasswordPolicy,
};
/** The program that makes them, once per account. */
const isFoundation = ({ urn }: PolicyResource) => urn.split("::")[1] === "tradegraph-foundation";

/** Every account is watched where its stack stands, in all environments alike (AWS-6). */
export const baseline: StackValidationPolicy = {
  name: "baseline",
  description:
    "The account has its trail, recorder, scanners, attack detection and switches, in the stack's own region.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateStack({ resources }, report) {
    if (!resources.some(isFoundation)) return;
    for (const [name, kind] of Object.entries(GUARDS)) {
      const made = resources.filter((one) => one.isType(kind));
      const [first] = made;
      if (!first) report(`there is no ${name}`);
      else if (!made.some(isHome)) report(`there is no ${name} in ${homeOf(first)}`, first.urn);
    }
  },
};

const homeOf = ({ provider }: PolicyResource) => known(() => provider?.props["region"] as string | undefined);

/** A resource without a region of its own stands in that of its provider; AWS says so only once it is made. */
function isHome(one: PolicyResource): boolean {
  const region = known(() => one.props["region"] as string | undefined);
  return region === undefined || region === homeOf(one);
}
