import { Counter, Histogram, type Registry } from "@tradegraph/kit/metrics";

export type LimitMetrics = ReturnType<typeof createLimitMetrics>;

export function createLimitMetrics(registry: Registry) {
  return {
    costs: new Histogram({
      name: "graphql_operation_cost",
      help: "Estimated cost of operations that were not answered from memory, by client and outcome",
      labelNames: ["client", "outcome"] as const,
      buckets: [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000],
      registers: [registry],
    }),
    exceeded: new Counter({
      name: "graphql_limits_exceeded_total",
      help: "Operations above a limit, by limit, client and outcome",
      labelNames: ["limit", "client", "outcome"] as const,
      registers: [registry],
    }),
  };
}
