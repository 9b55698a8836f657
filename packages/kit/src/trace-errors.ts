import { type RequestTrace } from "./trace.ts";

/** Codes that are a fault of ours, whatever the status of the answer. */
const faultCodes: ReadonlySet<string> = new Set(["INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE"]);

/** Notes the errors of an answer by their codes. */
export function noteErrorCodes(trace: RequestTrace, codes: readonly string[]): void {
  if (codes.length === 0) return;
  const different = [...new Set(codes)];
  trace.set({ "graphql.error.codes": different.join(",") });
  const fault = different.find((code) => faultCodes.has(code));
  if (fault !== undefined) trace.fail(fault);
}
