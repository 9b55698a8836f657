// Makes sure that ApolloGateway finds a plan: without one it would plan itself and hold up every other request.
import { createHash } from "node:crypto";
import { type QueryPlan } from "@apollo/query-planner";
import { networkOf } from "@tradegraph/kit/networks";
import { Kind } from "graphql";
import { LRUCache } from "lru-cache";
import { type Executor } from "../authorization/authorize-executor.ts";
import { type GraphContext, type RequestScope } from "../request-scope.ts";
import { type PlanQuestion } from "./plan-messages.ts";
import { type PlanMetrics } from "./plan-metrics.ts";
import { NoPlanner, PlanLimit, type PlanQueue, PlannerBusy } from "./plan-queue.ts";
import { type PlanStore } from "./plan-store.ts";
import { createSettledOperations } from "./settled-operations.ts";
import { noPlanNow, takesTooMuchPlanning } from "./planning-refusals.ts";

/** Operations that were too much, and for how long they are refused without another try: each costs a thread. */
const refusedOperations = { max: 1_000, ttl: 5 * 60 * 1_000 };

/**
 * The key of ApolloGateway. Operations that are alone in their document go without their name, so that it makes no
 * difference whether the caller sends it.
 *
 * @param hash SHA-256 of the document in hex
 */
export const planKey = (hash: string, operationName: string | undefined) =>
  operationName ? createHash("sha256").update(hash).update(operationName).digest("hex") : hash;

/** Visitors are known by their network only, as the rate limit knows them. */
const callerOf = ({ viewer }: RequestScope): string => viewer.partnerId ?? viewer.userId ?? networkOf(viewer.address);

interface Flight {
  plan: Promise<QueryPlan>;
  waiting: RequestScope[];
}

export interface PlannedExecutorOptions {
  store: PlanStore;
  queue: PlanQueue;
  metrics: PlanMetrics;
  /** Without a planning thread ApolloGateway plans these in the main thread; all others are refused. */
  mayPlanHere: (scope: RequestScope) => boolean;
}

export interface PlannedExecutor {
  wrap: (execute: Executor) => Executor;
  /** Plans what nobody asks for yet. @throws like `PlanQueue.plan` */
  plan: (key: string, question: PlanQuestion) => Promise<QueryPlan>;
}

export function createPlannedExecutor({ store, queue, metrics, mayPlanHere }: PlannedExecutorOptions): PlannedExecutor {
  const flights = new Map<string, Flight>();
  const refused = new LRUCache<string, true>(refusedOperations);
  const settled = createSettledOperations();

  /** One question for all who wait for the same plan. @param scope undefined for warm-up, which nobody waits for */
  const plan = (key: string, question: PlanQuestion, scope?: RequestScope): Promise<QueryPlan> => {
    const known = flights.get(key);
    if (known) {
      if (scope) known.waiting.push(scope);
      return known.plan;
    }
    const waiting = scope ? [scope] : [];
    const isWanted = () => !scope || waiting.some(({ cancelled }) => !cancelled);
    const planned = queue
      .plan({ ...question, first: scope?.persisted !== undefined, caller: scope && callerOf(scope), isWanted })
      .then((text) => store.keep(key, text, question))
      .catch((error: unknown) => {
        if (error instanceof PlanLimit) refused.set(key, true);
        throw error;
      })
      .finally(() => flights.delete(key));
    flights.set(key, { plan: planned, waiting });
    return planned;
  };

  const planFor = async (key: string, question: PlanQuestion, scope: RequestScope): Promise<void> => {
    if (refused.has(key)) {
      metrics.refused.count += 1;
      throw takesTooMuchPlanning();
    }
    metrics.misses.count += 1;
    try {
      store.offer(key, await plan(key, question, scope));
    } catch (error) {
      if (error instanceof PlanLimit) throw takesTooMuchPlanning();
      if (error instanceof PlannerBusy) throw noPlanNow();
      if (!(error instanceof NoPlanner)) throw error;
      if (!mayPlanHere(scope)) throw noPlanNow();
    }
  };

  return {
    plan,
    wrap: (execute) => (context) => {
      const { request, document } = context;
      // The answer is made by the document as it came; the plan is found by this hash.
      const { source, queryHash } = settled(context);
      const alone = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;
      const operationName = alone ? undefined : request.operationName;
      const named = operationName === request.operationName ? context : withoutName(context);
      const asked = queryHash === context.queryHash ? named : { ...named, queryHash };
      const key = planKey(queryHash, operationName);
      const known = store.find(key);
      if (known) {
        metrics.hits.count += 1;
        store.offer(key, known);
        return execute(asked);
      }
      const { scope } = context.context as GraphContext;
      return planFor(key, { source, operationName }, scope).then(() => execute(asked));
    },
  };
}

function withoutName(context: Parameters<Executor>[0]): Parameters<Executor>[0] {
  const { operationName: _name, ...request } = context.request;
  return { ...context, request };
}
