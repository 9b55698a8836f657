import { type AlarmSpec } from "./alarm-spec.ts";

/** Our functions at AWS (docs/FUNCTIONS.md). */
export const functionAlarms: AlarmSpec[] = [
  {
    name: "function-errors",
    watches: "function",
    severity: "warning",
    about:
      "A function of ours failed. Its log group /aws/lambda/<name> says why; docs/FUNCTIONS.md says what waits for it.",
    condition: { kind: "metric", of: { namespace: "AWS/Lambda", metric: "Errors", statistic: "Sum" } },
    comparison: "above",
    threshold: 0,
    period: 300,
    periods: 1,
    silence: "fine",
  },
  {
    name: "dead-letters",
    watches: "deadLetters",
    severity: "warning",
    about: "Messages lie where nobody reads them: five attempts failed. What they would have done has not been done.",
    condition: {
      kind: "metric",
      of: { namespace: "AWS/SQS", metric: "ApproximateNumberOfMessagesVisible", statistic: "Maximum" },
    },
    comparison: "above",
    threshold: 0,
    period: 300,
    periods: 1,
    silence: "fine",
  },
];
