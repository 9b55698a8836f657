import { batchedHistogram, Counter, durationBuckets, Histogram, type Registry } from "@tradegraph/kit/metrics";

export type GatewayMetrics = ReturnType<typeof createGatewayMetrics>;

/** The gateway's own figures; only bounded things are labels, never what callers write. */
export function createGatewayMetrics(registry: Registry) {
  return {
    durations: batchedHistogram({
      name: "graphql_operation_duration_seconds",
      help: "Time from the request's body to the answer's, by operation and outcome",
      labelNames: ["operation", "outcome"] as const,
      buckets: durationBuckets,
      registers: [registry],
    }),
    errors: new Counter({
      name: "graphql_errors_total",
      help: "Errors in answers, by code",
      labelNames: ["code"] as const,
      registers: [registry],
    }),
    valueCompletions: new Counter({
      name: "graphql_value_completion_total",
      help: "Answers in which a subgraph's value was replaced by null, because the schema does not allow it",
      registers: [registry],
    }),
    fetchDurations: new Histogram({
      name: "graphql_subgraph_fetch_seconds",
      help: "Time of one request to a subgraph, by subgraph and outcome",
      labelNames: ["subgraph", "outcome"] as const,
      buckets: durationBuckets,
      registers: [registry],
    }),
  };
}
