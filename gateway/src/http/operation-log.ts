// One log line and one measurement per operation. Around all other operation steps, so that answers from a cache and
// refusals of a guard count too.
import { type Logger } from "@tradegraph/kit/logger";
import { LRUCache } from "lru-cache";
import { type GatewayMetrics } from "../gateway-metrics.ts";
import { createOperationLabels, type OperationLabel } from "../operation-labels.ts";
import { type RequestScope } from "../request-scope.ts";
import { type OperationStep } from "./steps.ts";

type Outcome = "ok" | "partial" | "failed";

export interface OperationLogOptions {
  logger: Logger;
  metrics: GatewayMetrics;
  /** Shared with other figures by operation. */
  labelOf?: OperationLabel;
}

export function operationLog({
  logger,
  metrics,
  labelOf = createOperationLabels(),
}: OperationLogOptions): OperationStep {
  // None of the fields below is a secret, and looking for some in each line takes longer than writing it.
  const lines = logger.child({}, { redact: [] });
  // What lines have in common is written once: most are of few operations.
  const known = new LRUCache<string, Logger>({ max: 1_000 });
  const linesOf = (common: Record<string, string | undefined>): Logger => {
    const key = Object.values(common).join(" ");
    const child = known.get(key) ?? lines.child(common);
    known.set(key, child);
    return child;
  };
  // Labels are bounded, and finding a series by them takes longer than counting in it.
  const series = new Map<string, ReturnType<GatewayMetrics["durations"]["labels"]>>();
  const durationsOf = (operation: string, outcome: Outcome) => {
    const key = `${outcome} ${operation}`;
    const found = series.get(key) ?? metrics.durations.labels({ operation, outcome });
    series.set(key, found);
    return found;
  };
  const record = (scope: RequestScope, outcome: Outcome, seconds: number) => {
    const { requestId, viewer, operationName, operationType, errorCodes, cacheOutcome } = scope;
    durationsOf(labelOf(operationName, outcome === "ok"), outcome).observe(seconds);
    for (const code of errorCodes) metrics.errors.inc({ code });
    const line = linesOf({
      ...{ operation: operationName, type: operationType, tenant: viewer.tenantId, role: viewer.role },
      ...{ outcome, cache: cacheOutcome },
    });
    const durationMs = Math.round(seconds * 1e6) / 1e3;
    if (errorCodes.length === 0) line.info({ requestId, durationMs }, "Operation");
    else line.info({ requestId, durationMs, codes: [...new Set(errorCodes)] }, "Operation");
  };

  return async ({ scope }, next) => {
    const start = performance.now();
    let outcome: Outcome = "failed";
    try {
      const answer = await next();
      if (answer.status < 400) outcome = scope.errorCodes.length > 0 ? "partial" : "ok";
      return answer;
    } finally {
      record(scope, outcome, (performance.now() - start) / 1e3);
    }
  };
}
