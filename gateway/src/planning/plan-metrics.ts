import { Counter, durationBuckets, Gauge, Histogram, type Registry, tallyCounter } from "@tradegraph/kit/metrics";

export type PlanMetrics = ReturnType<typeof createPlanMetrics>;

/** What one generation of the graph has at this moment; there are two of them while one replaces the other. */
export interface PlanFigures {
  plans: number;
  bytes: number;
  waiting: number;
}

export function createPlanMetrics(registry: Registry) {
  const generations = new Set<() => PlanFigures>();
  const registers = [registry];
  const gauge = (name: string, help: string, figure: keyof PlanFigures) =>
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set([...generations].reduce((sum, read) => sum + read()[figure], 0));
      },
    });
  gauge("graphql_plan_cache_plans", "Plans that are kept", "plans");
  gauge("graphql_plan_cache_bytes", "Memory that kept plans take, estimated", "bytes");
  gauge("graphql_plan_queue_length", "Operations that wait for the planning thread", "waiting");
  const lookups = tallyCounter({
    name: "graphql_plan_cache_total",
    help: "Executions by whether their plan was kept; `refused` are operations that were too much before",
    labelNames: ["result"] as const,
    registers,
  });
  return {
    hits: lookups({ result: "hit" }),
    misses: lookups({ result: "miss" }),
    refused: lookups({ result: "refused" }),
    durations: new Histogram({
      name: "graphql_plan_seconds",
      help: "Time of one question to the planning thread, by outcome",
      labelNames: ["outcome"] as const,
      buckets: durationBuckets,
      registers,
    }),
    restarts: new Counter({
      name: "graphql_plan_thread_restarts_total",
      help: "Planning threads that were replaced, by reason",
      labelNames: ["reason"] as const,
      registers,
    }),
    /** @returns a function that ends it */
    watch(read: () => PlanFigures) {
      generations.add(read);
      return () => void generations.delete(read);
    },
  };
}
