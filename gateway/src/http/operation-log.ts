// One log line and one measurement per operation. Around all other operation steps, so that answers from a cache and
// refusals of a guard count too.
import { performance } from "node:perf_hooks";
import { type Logger } from "@tradegraph/kit/logger";
import { createRequestLine, type WriteRequestLine } from "@tradegraph/kit/request-line";
import { LRUCache } from "lru-cache";
import { type GatewayMetrics } from "../gateway-metrics.ts";
import { createOperationLabels, type OperationLabel } from "../operation-labels.ts";
import { type RequestScope } from "../request-scope.ts";
import { observeOperations, type OperationStep } from "./steps.ts";

type Outcome = "ok" | "partial" | "failed";

export interface OperationLogOptions {
  logger: Logger;
  metrics: GatewayMetrics;
  /** Shared with other figures by operation. */
  labelOf?: OperationLabel;
}

const message = "Operation";

/** All that the records of many operations have in common, found and written once. */
interface RecordKind {
  fields: {
    type: string | undefined;
    tenant: string;
    role: string;
    outcome: Outcome;
    cache: string | undefined;
    /** Id of a persisted operation; there are as many as lists have. */
    persisted: string | undefined;
  };
  write: WriteRequestLine;
  /** Of the last of them: a name becomes a label when it was first valid. */
  label: string;
  series: ReturnType<GatewayMetrics["durations"]["labels"]>;
}

/** Operations of a tenant whose kinds are remembered, and kinds of each: callers make names up. */
const maxOperations = 500;
const maxKinds = 40;

export function operationLog({
  logger,
  metrics,
  labelOf = createOperationLabels(),
}: OperationLogOptions): OperationStep {
  // None of the fields below is a secret, and looking for some in each line takes longer than writing it.
  const lines = logger.child({}, { redact: [] });
  const known = new LRUCache<string, RecordKind[]>({ max: maxOperations });
  /** Most are of the operation and the tenant of the one before, and a name of both takes longer to make than to compare. */
  let last: { operation: string; tenantId: string; kinds: RecordKind[] } | undefined;
  const kindsOf = (operation: string, tenantId: string): RecordKind[] => {
    if (last?.operation === operation && last.tenantId === tenantId && last.kinds.length < maxKinds) return last.kinds;
    const key = `${operation} ${tenantId}`;
    let kinds = known.get(key);
    if (!kinds || kinds.length >= maxKinds) known.set(key, (kinds = []));
    last = { operation, tenantId, kinds };
    return kinds;
  };
  const kindOf = (scope: RequestScope, outcome: Outcome) => {
    const { viewer, operationName, operationType, cacheOutcome } = scope;
    const persisted = scope.persisted?.id;
    const kinds = kindsOf(operationName ?? "", viewer.tenantId);
    for (const kind of kinds) {
      const { type, role, outcome: ended, cache } = kind.fields;
      const isSame = cache === cacheOutcome && role === viewer.role && kind.fields.persisted === persisted;
      if (isSame && ended === outcome && type === operationType) return kind;
    }
    const fields = {
      ...{ type: operationType, tenant: viewer.tenantId, role: viewer.role, outcome, cache: cacheOutcome, persisted },
    };
    const label = labelOf(operationName, outcome === "ok");
    const made: RecordKind = {
      ...{ fields, label, series: metrics.durations.labels({ operation: label, outcome }) },
      write: createRequestLine(lines, { operation: operationName, ...fields }, message),
    };
    kinds.push(made);
    return made;
  };
  const record = (scope: RequestScope, outcome: Outcome) => {
    const { requestId, errorCodes, operationName } = scope;
    const durationMs = performance.now() - scope.startedAt;
    const kind = kindOf(scope, outcome);
    const label = labelOf(operationName, outcome === "ok");
    if (kind.label !== label) {
      kind.label = label;
      kind.series = metrics.durations.labels({ operation: label, outcome });
    }
    metrics.durations.observe(kind.series, durationMs / 1e3);
    const shown = Math.round(durationMs * 1e3) / 1e3;
    if (errorCodes.length === 0) return kind.write(requestId, shown);
    for (const code of errorCodes) metrics.errors.inc({ code });
    const codes = [...new Set(errorCodes)];
    lines.info({ operation: operationName, ...kind.fields, requestId, durationMs: shown, codes }, message);
  };

  return observeOperations({
    answered({ scope }, { status }) {
      record(scope, status >= 400 ? "failed" : scope.errorCodes.length > 0 ? "partial" : "ok");
    },
    failed({ scope }) {
      record(scope, "failed");
    },
  });
}
