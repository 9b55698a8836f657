// Planning away from the main thread: a thread, a store of plans and their warm-up for each generation of the graph.
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { type RequestScope } from "../request-scope.ts";
import { createPlanMetrics } from "./plan-metrics.ts";
import { createPlannedExecutor, type PlannedExecutor } from "./planned-executor.ts";
import { createPlanQueue } from "./plan-queue.ts";
import { createPlanStore, type PlanStore } from "./plan-store.ts";
import { type Warmed, type WarmOperation, warmPlans } from "./warm-plans.ts";

export interface PlanningRules {
  /** Longest planning of one operation. */
  timeoutMs?: number;
  /** Memory for plans of one generation. */
  cacheBytes?: number;
  /** How many operations of the graph before are planned before a new graph answers. */
  warmUp?: number;
  /** Longest that a new graph waits for its plans; then it answers without the rest. */
  warmUpMs?: number;
  /** Operations that may wait for the thread at once. */
  maxWaiting?: number;
  /** Another program for the thread; for tests. */
  program?: URL;
}

export interface PlanningOptions {
  rules: PlanningRules;
  /** Registered operations: planned before a graph answers. */
  operations?: (() => readonly WarmOperation[]) | undefined;
  /** Without a thread any operation may be planned in the main thread, as while developing nobody is hostile. */
  development: boolean;
  registry: Registry;
  logger: Logger;
}

/** Of one generation. */
export interface GraphPlanning {
  apolloStore: PlanStore["apollo"];
  wrap: PlannedExecutor["wrap"];
  warm: (documents: readonly WarmOperation[]) => Promise<Warmed>;
  /** Plans what is registered and what the generation before was asked for last. */
  warmUp: (previous: GraphPlanning | undefined) => Promise<void>;
  recent: (count: number) => WarmOperation[];
  close: () => Promise<void>;
}

export interface Planning {
  /** @param sdl the supergraph as ApolloGateway takes it */
  forGraph: (sdl: string) => GraphPlanning;
}

export function openPlanning({ rules, operations, development, registry, logger }: PlanningOptions): Planning {
  const { timeoutMs = 2_000, cacheBytes = 30 * 1024 * 1024, warmUp = 100, warmUpMs = 30_000 } = rules;
  const { maxWaiting = 100, program } = rules;
  const metrics = createPlanMetrics(registry);
  // What was registered was looked at; what anybody may invent must never stop the main thread.
  const mayPlanHere = (scope: RequestScope) => development || scope.persisted !== undefined;

  return {
    forGraph(sdl) {
      const store = createPlanStore(cacheBytes);
      const queue = createPlanQueue({ sdl, timeoutMs, maxWaiting, program, metrics, logger });
      const { wrap, plan } = createPlannedExecutor({ store, queue, metrics, mayPlanHere });
      const unwatch = metrics.watch(() => ({ ...store.size(), waiting: queue.length() }));
      let closed = false;
      const warm = (documents: readonly WarmOperation[]) =>
        warmPlans(documents, { store, plan, withinMs: warmUpMs, isClosed: () => closed });
      return {
        ...{ apolloStore: store.apollo, wrap, warm },
        async warmUp(previous) {
          const documents = [...(operations?.() ?? []), ...(previous?.recent(warmUp) ?? [])];
          if (documents.length === 0) return;
          const begun = performance.now();
          const warmed = await warm(documents);
          logger.info(
            { ...warmed, ms: Math.round(performance.now() - begun) },
            "Operations planned before they are asked for",
          );
        },
        recent: (count) =>
          store.recent(count).map(({ source, operationName }) => ({ body: source, name: operationName })),
        async close() {
          closed = true;
          unwatch();
          await queue.close();
        },
      };
    },
  };
}
