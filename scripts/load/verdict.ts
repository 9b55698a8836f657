// Whether what was measured is good enough, and the table that says so.
import { type Measured } from "./run-load.ts";

export interface Thresholds {
  /** Milliseconds within which 95 and 99 of 100 answers come. */
  p95: number;
  p99: number;
  /** Failures of 100 requests. */
  errors: number;
  /** Successes a second. */
  rate: number;
}

export interface Judged {
  name: string;
  measured: number;
  threshold: number;
  unit: string;
  passed: boolean;
}

const milliseconds = (microseconds: number) => microseconds / 1000;
/** Two places, because thresholds such as 0.5 % need them. */
const rounded = (value: number) => Math.round(value * 100) / 100;

/** One line for each threshold. Without one success nothing has passed: a quick refusal is no quick answer. */
export function judge(measured: Measured, thresholds: Thresholds): Judged[] {
  const failed = [...measured.failures.values()].reduce((sum, count) => sum + count, 0);
  const all = measured.succeeded + failed;
  const any = measured.succeeded > 0;
  const atMost = (name: string, value: number, threshold: number, unit: string): Judged => ({
    ...{ name, measured: rounded(value), threshold, unit },
    passed: any && value <= threshold,
  });
  const perSecond = measured.seconds > 0 ? measured.succeeded / measured.seconds : 0;
  return [
    atMost("p95", milliseconds(measured.times.percentile(95)), thresholds.p95, "ms"),
    atMost("p99", milliseconds(measured.times.percentile(99)), thresholds.p99, "ms"),
    atMost("errors", all === 0 ? 100 : (100 * failed) / all, thresholds.errors, "%"),
    {
      ...{ name: "rate", measured: rounded(perSecond), threshold: rounded(thresholds.rate), unit: "a second" },
      passed: any && perSecond >= thresholds.rate,
    },
  ];
}

const row = (cells: string[], widths: number[]) => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ");

/** What a person reads at the end. */
export function reportLines(measured: Measured, judged: Judged[]): string[] {
  const widths = [14, 12, 12, 12];
  const operations = [...measured.timesOf].map(([name, times]) =>
    row([name, String(times.count), ...[50, 95].map((p) => milliseconds(times.percentile(p)).toFixed(1))], widths),
  );
  const failures = [...measured.failures].sort(([, one], [, other]) => other - one);
  return [
    row(["operation", "answers", "p50 ms", "p95 ms"], widths),
    ...operations,
    "",
    row(["threshold", "measured", "wanted", ""], widths),
    ...judged.map(({ name, measured: value, threshold, unit, passed }) =>
      row(
        [`${name} ${unit}`, String(value), `${name === "rate" ? "≥" : "≤"} ${threshold}`, passed ? "passed" : "FAILED"],
        widths,
      ),
    ),
    ...(failures.length === 0 ? [] : ["", "failures:"]),
    ...failures.slice(0, 5).map(([reason, count]) => `  ${count} × ${reason}${hintOf(reason)}`),
  ];
}

/** What most often is behind a failure of this kind. */
function hintOf(reason: string): string {
  if (reason === "429") return " (rate limit: one address is one visitor; see docs/DEPLOY-CHECKLIST.md)";
  if (reason === "403") return " (refused by the firewall, or a text of no list: PERSISTED_OPERATIONS_APPS)";
  return "";
}
