// Planning away from the main thread: a thread, a store of plans and their warm-up for each generation of the graph.
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { type RequestScope } from "../request-scope.ts";
import { createPlanMetrics } from "./plan-metrics.ts";
import { createPlannedExecutor, type PlannedExecutor } from "./planned-executor.ts";
import { createPlanQueue } from "./plan-queue.ts";
import { createPlanStore, type PlanStore } from "./plan-store.ts";
import { takingTurns, type Warmed, type WarmOperation, warmPlans } from "./warm-plans.ts";

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
  /** Registered operations of our own apps: planned before a graph answers. */
  operations?: (() => readonly WarmOperation[]) | undefined;
  /** Those of partners, in the order in which they are planned after the apps' own; a graph waits for them too. */
  partnerOperations?: (() => Promise<readonly WarmOperation[]>) | undefined;
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
  /** Plans what is registered and what the generation before was asked for last, as far as time and memory go. */
  warmUp: (previous: GraphPlanning | undefined) => Promise<void>;
  recent: (count: number) => WarmOperation[];
  close: () => Promise<void>;
}

export interface Planning {
  /** @param sdl the supergraph as ApolloGateway takes it */
  forGraph: (sdl: string) => GraphPlanning;
}

export const usualWarmUpMs = 30_000;

/** Of the memory for plans, as far as it is filled beforehand: what is planned more would push out what is planned already. */
const mostFilled = 0.9;

export function openPlanning({ rules, development, registry, logger, ...sources }: PlanningOptions): Planning {
  const { operations, partnerOperations } = sources;
  const { timeoutMs = 2_000, cacheBytes = 30 * 1024 * 1024, warmUp = 100, warmUpMs = usualWarmUpMs } = rules;
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
        warmPlans(documents, { store, plan, withinMs: warmUpMs, isOver: () => closed });
      const isOver = () => closed || store.size().bytes > mostFilled * cacheBytes;
      const warmIn = (withinMs: number, documents: readonly WarmOperation[]) =>
        warmPlans(documents, { store, plan, withinMs, isOver });
      return {
        ...{ apolloStore: store.apollo, wrap, warm },
        async warmUp(previous) {
          const begun = performance.now();
          const msSince = () => performance.now() - begun;
          const ofApps = await warmIn(warmUpMs, operations?.() ?? []);
          const ofPartners = (await partnerOperations?.()) ?? [];
          const others = takingTurns(ofPartners, previous?.recent(warmUp) ?? []);
          const ofOthers = await warmIn(warmUpMs - msSince(), others);
          const [planned, failed, skipped] = (["planned", "failed", "skipped"] as const).map(
            (figure) => ofApps[figure] + ofOthers[figure],
          );
          if (planned === 0 && failed === 0 && skipped === 0) return;
          const ms = Math.round(msSince());
          logger.info({ planned, failed, skipped, ms }, "Operations planned before they are asked for");
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
