// One log line and one measurement per operation. Around all other operation steps, so that answers from a cache and
// refusals of a guard count too.
import { type Logger } from "@tradegraph/kit/logger";
import { type GatewayMetrics } from "../gateway-metrics.ts";
import { type RequestScope } from "../request-scope.ts";
import { type OperationStep } from "./steps.ts";

/** Names that become labels of their own; callers invent names, and every label costs memory for ever. */
const maxNames = 200;

type Outcome = "ok" | "partial" | "failed";

/** Anonymous and surplus operations share a label each. */
function createLabels(): (name: string | undefined, valid: boolean) => string {
  const known = new Set<string>();
  return (name, valid) => {
    if (name === undefined) return "anonymous";
    if (valid && known.size < maxNames) known.add(name);
    return known.has(name) ? name : "other";
  };
}

export function operationLog({ logger, metrics }: { logger: Logger; metrics: GatewayMetrics }): OperationStep {
  const labelOf = createLabels();

  const record = (scope: RequestScope, outcome: Outcome, seconds: number) => {
    const { requestId, viewer, operationName, operationType, errorCodes } = scope;
    metrics.durations.observe({ operation: labelOf(operationName, outcome === "ok"), outcome }, seconds);
    for (const code of errorCodes) metrics.errors.inc({ code });
    logger.info(
      {
        requestId,
        operation: operationName,
        type: operationType,
        tenant: viewer.tenantId,
        role: viewer.role,
        outcome,
        durationMs: Math.round(seconds * 1e6) / 1e3,
        ...(errorCodes.length > 0 && { codes: [...new Set(errorCodes)] }),
      },
      "Operation",
    );
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
