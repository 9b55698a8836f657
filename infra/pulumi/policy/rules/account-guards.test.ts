import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { accountGuards } from "./account-guards.ts";

const one = (kind: string, props: Record<string, unknown>) => [{ kind, name: "security", props }];
const trail = { isMultiRegionTrail: true, cloudWatchLogsGroupArn: UNKNOWN };
const passwords = { minimumPasswordLength: 14, passwordReusePrevention: 24 };
const closed = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

describe("the rule on what watches the account", () => {
  it("accepts what is on and sees everything", async () => {
    for (const example of [
      one("cloudtrail.Trail", trail),
      one("guardduty.DetectorFeature", { name: "S3_DATA_EVENTS", status: "ENABLED" }),
      one("guardduty.DetectorFeature", { name: "RUNTIME_MONITORING", status: "DISABLED" }),
      one("macie2.Account", { status: "ENABLED" }),
      one("iam.AccountPasswordPolicy", passwords),
      one("guardduty.Detector", { enable: true }),
      one("cfg.Recorder", { recordingGroup: { allSupported: true } }),
      one("cfg.RecorderStatus", { isEnabled: true }),
      one("ebs.EncryptionByDefault", { enabled: true }),
      one("s3.AccountPublicAccessBlock", closed),
    ]) {
      expect(await examine(accountGuards, example)).toEqual([]);
    }
  });

  it.each([
    [
      "cloudtrail.Trail",
      { ...trail, isMultiRegionTrail: undefined },
      "isMultiRegionTrail is not true: other regions are not seen",
    ],
    ["cloudtrail.Trail", { ...trail, enableLogging: false }, "enableLogging is false: nothing is written"],
    [
      "cloudtrail.Trail",
      { ...trail, includeGlobalServiceEvents: false },
      "includeGlobalServiceEvents is false: IAM is not seen",
    ],
    ["cloudtrail.Trail", { isMultiRegionTrail: true }, "cloudWatchLogsGroupArn is missing: no alarm hears of it"],
    ["guardduty.DetectorFeature", { name: "S3_DATA_EVENTS", status: "DISABLED" }, "S3_DATA_EVENTS is DISABLED"],
    ["macie2.Account", { status: "PAUSED" }, "status is PAUSED: nobody looks for personal data"],
    ["iam.AccountPasswordPolicy", { ...passwords, minimumPasswordLength: 8 }, "minimumPasswordLength is 8, not 14"],
    ["iam.AccountPasswordPolicy", { minimumPasswordLength: 14 }, "passwordReusePrevention is 0, not 24"],
    ["guardduty.Detector", { enable: false }, "enable is false: nobody looks for attacks"],
    ["cfg.Recorder", { recordingGroup: { allSupported: false } }, "allSupported is false: changes go unseen"],
    ["cfg.RecorderStatus", {}, "isEnabled is not true: changes go unseen"],
    ["ebs.EncryptionByDefault", { enabled: false }, "enabled is false: new disks and snapshots are plain"],
    ["s3.AccountPublicAccessBlock", { ...closed, blockPublicPolicy: false }, "blockPublicPolicy is not true"],
  ])("refuses %s %j", async (kind, props, message) => {
    expect(await examine(accountGuards, one(kind, props))).toEqual([`security: ${message}`]);
  });
});
