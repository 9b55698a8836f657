import { type AlarmSpec } from "./alarm-spec.ts";

const once = (name: string, metric: string, about: string): AlarmSpec => ({
  name,
  watches: "trailLog",
  severity: "critical",
  about,
  condition: { kind: "metric", of: { namespace: "Tradegraph/Account", metric, statistic: "Sum" } },
  comparison: "atLeast",
  threshold: 1,
  period: 300,
  periods: 1,
  silence: "fine",
});

/** Events of the account's trail that nobody should cause, by CIS AWS Foundations section 4. */
export const accountAlarms: AlarmSpec[] = [
  once("root-used", "RootUsed", "Somebody works as root of the account (CIS 4.3)."),
  once("login-without-mfa", "LoginWithoutMfa", "Somebody signed in to the console without a second factor (CIS 4.2)."),
  once("trail-changed", "TrailChanged", "Somebody changed or stopped the trail (CIS 4.5)."),
  once("key-removed", "KeyRemoved", "Somebody disabled a key or scheduled its deletion (CIS 4.7)."),
  once("bucket-policy-changed", "BucketPolicyChanged", "Somebody changed the policy of a bucket (CIS 4.8)."),
  {
    ...once("access-refused", "AccessRefused", "AWS refused many calls: somebody tries what he may not (CIS 4.1)."),
    severity: "warning",
    threshold: 20,
  },
  {
    name: "notification-failed",
    watches: "topic",
    severity: "warning",
    about: "A notification did not reach its receiver: the next alarm may not either.",
    condition: {
      kind: "metric",
      of: { namespace: "AWS/SNS", metric: "NumberOfNotificationsFailed", statistic: "Sum" },
    },
    comparison: "above",
    threshold: 0,
    period: 300,
    periods: 1,
    silence: "fine",
  },
];

/** How the log lines of the trail become the metrics above; CIS's own patterns. */
export const trailPatterns: Record<string, string> = {
  RootUsed:
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  LoginWithoutMfa: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
  TrailChanged:
    '{ ($.eventName = "CreateTrail") || ($.eventName = "UpdateTrail") || ($.eventName = "DeleteTrail") || ($.eventName = "StopLogging") }',
  KeyRemoved:
    '{ ($.eventSource = "kms.amazonaws.com") && (($.eventName = "DisableKey") || ($.eventName = "ScheduleKeyDeletion")) }',
  BucketPolicyChanged:
    '{ ($.eventSource = "s3.amazonaws.com") && (($.eventName = "PutBucketPolicy") || ($.eventName = "DeleteBucketPolicy")) }',
  AccessRefused: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
};
