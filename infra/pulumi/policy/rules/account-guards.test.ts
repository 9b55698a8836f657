import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
import { accountGuards } from "./account-guards.ts";

const one = (kind: string, props: Record<string, unknown>) => [{ kind, name: "security", props }];
const closed = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

describe("the rule on what watches the account", () => {
  it("accepts what is on and sees everything", async () => {
    for (const example of [
      one("cloudtrail.Trail", { isMultiRegionTrail: true }),
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
    ["cloudtrail.Trail", {}, "isMultiRegionTrail is not true: other regions are not seen"],
    [
      "cloudtrail.Trail",
      { isMultiRegionTrail: true, enableLogging: false },
      "enableLogging is false: nothing is written",
    ],
    ["guardduty.Detector", { enable: false }, "enable is false: nobody looks for attacks"],
    ["cfg.Recorder", { recordingGroup: { allSupported: false } }, "allSupported is false: changes go unseen"],
    ["cfg.RecorderStatus", {}, "isEnabled is not true: changes go unseen"],
    ["ebs.EncryptionByDefault", { enabled: false }, "enabled is false: new disks and snapshots are plain"],
    ["s3.AccountPublicAccessBlock", { ...closed, blockPublicPolicy: false }, "blockPublicPolicy is not true"],
  ])("refuses %s %j", async (kind, props, message) => {
    expect(await examine(accountGuards, one(kind, props))).toEqual([`security: ${message}`]);
  });
});
