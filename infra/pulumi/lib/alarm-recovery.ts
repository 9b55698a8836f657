import { type AlarmSpec } from "./alarm-spec.ts";

const MINUTE = 60_000;
/** Milliseconds that the second region is behind. AWS measures it there. */
const lag: AlarmSpec["condition"] = {
  kind: "metric",
  of: { namespace: "AWS/DocDB", metric: "GlobalClusterReplicationLag", statistic: "Maximum" },
};

/** What would make a failover lose more than 15 minutes (RPO of BAK-4, docs/RECOVERY.md). */
export const recoveryAlarms: AlarmSpec[] = [
  {
    name: "recovery-lag",
    watches: "recoveryDatabase",
    severity: "critical",
    about:
      "The database of the second region is 15 minutes behind or says nothing: a failover now loses more than allowed.",
    condition: lag,
    comparison: "atLeast",
    threshold: 15 * MINUTE,
    period: 60,
    periods: 3,
    // No number is no copy.
    silence: "alarm",
  },
  {
    name: "recovery-lag-grows",
    watches: "recoveryDatabase",
    severity: "warning",
    about: "The database of the second region is more than a minute behind for five minutes; a second is usual.",
    condition: lag,
    comparison: "above",
    threshold: MINUTE,
    period: 60,
    periods: 5,
    silence: "fine",
  },
  {
    name: "copy-missed",
    watches: "copiedBackup",
    severity: "critical",
    about: "For a day no copy of a backup of this kind has reached the second region, or nobody said so.",
    condition: {
      kind: "metric",
      of: { namespace: "AWS/Backup", metric: "NumberOfCopyJobsCompleted", statistic: "Sum" },
    },
    comparison: "below",
    threshold: 1,
    period: 86_400,
    periods: 1,
    silence: "alarm",
  },
];
