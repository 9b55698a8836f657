// Unexpected errors go to Sentry where SENTRY_DSN is set. See docs/OPERATIONS.md for what a report has and has not.
import { resolve } from "node:path";
// Types alone: what stands between braces would load the file, and Sentry's library with it.
import type { ReportContext } from "./error-report.ts";
import { type LoggedFault } from "./logger.ts";
import { Counter, type Registry } from "./metrics.ts";
import { createReportLimit } from "./report-limit.ts";
import { reportOf } from "./reported-lines.ts";

export type { ReportContext } from "./error-report.ts";

export interface ErrorReporting {
  /**
   * Reports an error once, however often it is handed in; a sentence of ours where there is no error. Returns at once and
   * never throws: without Sentry, or with too many errors, a report is dropped and counted.
   */
  report: (problem: Error | string, context: ReportContext) => void;
  /** For the program's logger: reports what its lines at `error` and `fatal` say, as reported-lines.ts has it. */
  onFault: (fault: LoggedFault) => void;
  /** Waits for reports under way, this long at most. Nothing is reported after it. */
  close: (timeoutMs: number) => Promise<void>;
}

export interface ErrorReportingSettings {
  NODE_ENV: string;
  SENTRY_DSN?: string | undefined;
  SENTRY_ENVIRONMENT?: string | undefined;
  SENTRY_RELEASE?: string | undefined;
}

/** How long a program that stops waits for its last reports. */
export const lastReportsMs = 2_000;

/** Reports of one program in a minute: enough to see what is wrong, little enough for any plan of Sentry's. */
const perMinute = 30;
const perKind = 5;

const root = resolve(import.meta.dirname, "../../..");

/**
 * Loads what reports errors, where a DSN is set.
 *
 * @param env as {@link errorReportingEnv} and {@link programEnv} read it
 * @returns undefined without a DSN: then nothing is loaded
 */
export async function openErrorReporting(
  env: ErrorReportingSettings,
  { service, metrics }: { service: string; metrics: Registry },
): Promise<ErrorReporting | undefined> {
  if (env.SENTRY_DSN === undefined) return undefined;
  const { openSentryIngest } = await import("./sentry-ingest.ts");
  const outcomes = new Counter({
    name: "error_reports_total",
    help: "Reports of unexpected errors, by what became of them",
    labelNames: ["outcome"],
    registers: [metrics],
  });
  /** Since the program began. */
  let dropped = 0;
  const ingest = openSentryIngest({
    dsn: env.SENTRY_DSN,
    origin: { service, environment: env.SENTRY_ENVIRONMENT ?? env.NODE_ENV, release: env.SENTRY_RELEASE, root },
    onOutcome(outcome) {
      outcomes.inc({ outcome });
      if (outcome !== "sent") dropped += 1;
    },
  });
  const limit = createReportLimit({ perMinute, perKind });
  const known = new WeakSet<Error>();
  let closed = false;
  const report: ErrorReporting["report"] = (problem, context) => {
    if (closed) return;
    if (typeof problem !== "string") {
      if (known.has(problem)) return;
      known.add(problem);
    }
    try {
      // The last of a program is reported whatever came before it.
      if (context.crashed !== true && !limit.take(kindOf(problem))) {
        outcomes.inc({ outcome: "capped" });
        dropped += 1;
        return;
      }
      ingest.send(problem, context, dropped);
    } catch {
      // An error with getters that throw; its log line is all there is.
      outcomes.inc({ outcome: "send_error" });
    }
  };
  return {
    report,
    onFault(fault) {
      const found = reportOf(fault);
      if (found) report(found.problem, found.context);
    },
    async close(timeoutMs) {
      closed = true;
      await ingest.close(timeoutMs);
    },
  };
}

/** Errors of the same name from the same place. */
function kindOf(problem: Error | string): string {
  if (typeof problem === "string") return problem;
  const place = /^\s*at .*$/m.exec(String(problem.stack ?? ""))?.[0] ?? "";
  return `${problem.name} ${place}`;
}
