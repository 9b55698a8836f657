// What an alarm is made of; the table of all of them is alarm-table.ts.

/**
 * Who is told: `critical` pages at any hour, `warning` waits for the working day, `escalation` reaches the second line,
 * because a critical alarm has not ended.
 */
export const severities = ["critical", "warning", "escalation"] as const;
export type Severity = (typeof severities)[number];

/** What an alarm watches; a stack has the alarms of the things it has. */
export const watchable = [
  "loadBalancer",
  "service",
  "database",
  "recoveryDatabase",
  "serverlessCache",
  "cacheGroup",
  "backup",
  "backedUp",
  "backupCopy",
  "copiedBackup",
  "natGateway",
  "distribution",
  "webAcl",
  "gatewayLog",
  "trailLog",
  "canary",
  "function",
  "deadLetters",
  "topic",
] as const;
export type Watched = (typeof watchable)[number];

export interface MetricOf {
  namespace: string;
  metric: string;
  /** "Sum", "Average", "Maximum" or a percentile as "p99". */
  statistic: string;
}

export type Condition =
  | { kind: "metric"; of: MetricOf }
  /** CloudWatch metric math over named metrics, or a Metrics Insights query without any. */
  | { kind: "expression"; expression: string; of: Record<string, MetricOf> }
  /** Outside the band that CloudWatch learned; `threshold` is its width in standard deviations. */
  | { kind: "anomaly"; of: MetricOf };

export interface AlarmSpec {
  /** "high-cpu"; at AWS tradegraph-<stack>-high-cpu, with the service's name behind where there is one alarm each. */
  name: string;
  watches: Watched;
  severity: Severity;
  /** What it means and what to do first. */
  about: string;
  condition: Condition;
  comparison: "above" | "below" | "atLeast" | "outside";
  threshold: number;
  /** Seconds. */
  period: number;
  /** How many periods in a row. */
  periods: number;
  /** How many of them are enough, where not all have to be bad. */
  enough?: number;
  /** What silence means: `fine` for counts that nobody sends when nothing happens, `alarm` for a sign of life. */
  silence: "fine" | "alarm";
}

/** How CloudWatch calls the comparisons. */
export const comparisonOperators = {
  above: "GreaterThanThreshold",
  atLeast: "GreaterThanOrEqualToThreshold",
  below: "LessThanThreshold",
  outside: "LessThanLowerOrGreaterThanUpperThreshold",
} as const satisfies Record<AlarmSpec["comparison"], string>;
