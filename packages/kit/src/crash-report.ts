import process from "node:process";
import { type ErrorReporting, lastReportsMs } from "./error-reporting.ts";
import { type Logger } from "./logger.ts";

/**
 * From now on an error that nobody caught, a promise's as well, is logged and reported before it ends the program with 1,
 * as Node ends it anyway. Call it only where errors are reported: else Node's own way is the better one, which ends at once.
 */
export function reportCrashes({ reporting, logger }: { reporting: ErrorReporting; logger: Logger }): void {
  let isEnding = false;
  process.on("uncaughtException", (thrown: unknown, origin) => {
    if (isEnding) return;
    isEnding = true;
    const exit = () => process.exit(1);
    // Whatever becomes of the report.
    setTimeout(exit, lastReportsMs + 500);
    const error = thrown instanceof Error ? thrown : new Error("Something was thrown that is no error.");
    const { code } = error as { code?: unknown };
    // Not by the line that follows: a program may log nothing, and what it was is known here.
    reporting.report(error, {
      ...{ level: "fatal", part: origin, crashed: true },
      code: typeof code === "string" ? code : undefined,
    });
    logger.fatal({ error: thrown, origin }, "An error that nobody caught ends the program");
    void reporting.close(lastReportsMs).finally(exit);
  });
}
