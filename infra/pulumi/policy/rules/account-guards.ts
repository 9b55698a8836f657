import * as cfg from "@pulumi/aws/cfg/index.js";
import * as cloudtrail from "@pulumi/aws/cloudtrail/index.js";
import * as ebs from "@pulumi/aws/ebs/index.js";
import * as guardduty from "@pulumi/aws/guardduty/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as macie2 from "@pulumi/aws/macie2/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { isSet } from "../unknown.ts";

/** Of passwords for the console, by CIS AWS Foundations Benchmark 1.8 and 1.9. */
const SHORTEST = 14;
const REMEMBERED = 24;
const CLOSED = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/** What watches the account sees all of it and is switched on (AWS-6). */
export const accountGuards: ResourceValidationPolicy = {
  name: "account-guards",
  description: "Trail, GuardDuty and Config are on and see everything; the account's buckets and disks are closed.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource: [
    validateResourceOfType(cloudtrail.Trail, (trail, _, report) => {
      if (trail.isMultiRegionTrail !== true) report("isMultiRegionTrail is not true: other regions are not seen");
      if (trail.enableLogging === false) report("enableLogging is false: nothing is written");
      if (trail.includeGlobalServiceEvents === false) report("includeGlobalServiceEvents is false: IAM is not seen");
      if (!isSet(() => trail.cloudWatchLogsGroupArn)) report("cloudWatchLogsGroupArn is missing: no alarm hears of it");
    }),
    validateResourceOfType(guardduty.Detector, ({ enable }, _, report) => {
      if (enable === false) report("enable is false: nobody looks for attacks");
    }),
    validateResourceOfType(guardduty.DetectorFeature, ({ name, status }, _, report) => {
      // Agents in tasks cost by the task; the other features see what nobody else does.
      if (status !== "ENABLED" && name !== "RUNTIME_MONITORING") report(`${name} is ${status}`);
    }),
    validateResourceOfType(macie2.Account, ({ status }, _, report) => {
      if (status === "PAUSED") report("status is PAUSED: nobody looks for personal data");
    }),
    validateResourceOfType(iam.AccountPasswordPolicy, (passwords, _, report) => {
      const { minimumPasswordLength = 6, passwordReusePrevention = 0 } = passwords;
      if (minimumPasswordLength < SHORTEST)
        report(`minimumPasswordLength is ${minimumPasswordLength}, not ${SHORTEST}`);
      if (passwordReusePrevention < REMEMBERED)
        report(`passwordReusePrevention is ${passwordReusePrevention}, not ${REMEMBERED}`);
    }),
    validateResourceOfType(cfg.Recorder, ({ recordingGroup }, _, report) => {
      if (recordingGroup?.allSupported === false) report("allSupported is false: changes go unseen");
    }),
    validateResourceOfType(cfg.RecorderStatus, ({ isEnabled }, _, report) => {
      if (isEnabled !== true) report("isEnabled is not true: changes go unseen");
    }),
    validateResourceOfType(ebs.EncryptionByDefault, ({ enabled }, _, report) => {
      if (enabled === false) report("enabled is false: new disks and snapshots are plain");
    }),
    validateResourceOfType(s3.AccountPublicAccessBlock, (block, _, report) => {
      for (const field of CLOSED) if (block[field] !== true) report(`${field} is not true`);
    }),
  ],
};
