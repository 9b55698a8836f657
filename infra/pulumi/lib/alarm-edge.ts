import { type AlarmSpec } from "./alarm-spec.ts";

/** What the world sees. The metrics of CloudFront are kept in us-east-1 only, so are these alarms. */
export const edgeAlarms: AlarmSpec[] = [
  {
    name: "edge-error-share",
    watches: "distribution",
    severity: "critical",
    about: "More than 5 % of what CloudFront answers is 5xx, its own errors to reach us included.",
    condition: {
      kind: "metric",
      of: { namespace: "AWS/CloudFront", metric: "5xxErrorRate", statistic: "Average" },
    },
    comparison: "above",
    threshold: 5,
    period: 300,
    periods: 2,
    silence: "fine",
  },
  {
    name: "unusual-blocks",
    watches: "webAcl",
    severity: "warning",
    about: "The firewall refuses more than usual: an attack, or a rule that hits customers.",
    condition: {
      kind: "anomaly",
      of: { namespace: "AWS/WAFV2", metric: "BlockedRequests", statistic: "Sum" },
    },
    comparison: "outside",
    threshold: 4,
    period: 300,
    periods: 3,
    silence: "fine",
  },
  {
    name: "canary-fails",
    watches: "canary",
    severity: "critical",
    about: "The robot customer does not get through: two of its last three runs failed.",
    condition: {
      kind: "metric",
      of: { namespace: "CloudWatchSynthetics", metric: "SuccessPercent", statistic: "Average" },
    },
    comparison: "below",
    threshold: 90,
    period: 300,
    periods: 3,
    enough: 2,
    silence: "alarm",
  },
];
