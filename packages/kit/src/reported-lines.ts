// Which log lines are reported. Every error that nobody expected is logged at `error` or `fatal`, so this is the one place
// that sees them all: those masked in answers, and those of workers.
import { GraphQLError } from "graphql";
import type { ReportContext } from "./error-report.ts";
import { PublicError } from "./errors.ts";
import { type LoggedFault } from "./logger.ts";

/** Codes in a line or an error: words in capitals. */
const codePattern = /^[A-Z][A-Z0-9_]{2,60}$/;

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** What of the line is reported; undefined where it was expected, or is reported by another program. */
export function reportOf({
  level,
  message,
  fields,
}: LoggedFault): { problem: Error | string; context: ReportContext } | undefined {
  // A subgraph that answers with a fault has reported that.
  if (fields.reportedBy !== undefined) return undefined;
  const given = fields.error ?? fields.err;
  // What @apollo/gateway has there is the subgraph's answer, and no error.
  const inner = given instanceof GraphQLError ? given.originalError : undefined;
  const error = inner instanceof Error ? inner : given;
  // A part that does not answer is told as text, or in a line about a request: it says so in alarms and in its code.
  if (!(error instanceof Error) && (error !== undefined || fields.requestId !== undefined)) return undefined;
  // Expected, or a fault of another program that was called and has reported it.
  if (error instanceof PublicError) return undefined;
  const code = textOf(fields.code) ?? textOf((error as { code?: unknown } | undefined)?.code);
  return {
    problem: error ?? message,
    context: {
      level,
      requestId: textOf(fields.requestId),
      operationName: textOf(fields.operationName),
      code: code !== undefined && codePattern.test(code) ? code : undefined,
      part: textOf(fields.worker ?? fields.route ?? fields.step ?? fields.subgraph),
    },
  };
}
