import { type Logger } from "@tradegraph/kit/logger";
import { type Origin } from "../../data-source.ts";
import { type CacheMetrics } from "../operate/cache-metrics.ts";
import { type SubgraphCachePolicy } from "../policy/cache-policy.ts";
import { type CallerOf } from "../policy/caller.ts";
import { type FillLead } from "../store/fill-lead.ts";
import { type CacheClock } from "../store/freshness.ts";
import { type InvalidationLog, type Wait } from "../log/invalidation-log.ts";
import { type createMutationInvalidation } from "../policy/mutation-policy.ts";
import { type Quarantine } from "./quarantine.ts";
import { type QuestionTurns } from "./question-turns.ts";
import { type SingleFlight } from "../store/single-flight.ts";
import { type CacheStore } from "../store/store.ts";

/** What the cached fetches to one subgraph need. All but origin, policy and turns are shared by all subgraphs. */
export interface CachingOptions {
  origin: Origin;
  policy: SubgraphCachePolicy;
  callerOf: CallerOf;
  store: CacheStore;
  flights: SingleFlight;
  /** Take the place of flights while the log has no position. */
  turns: QuestionTurns;
  lead: FillLead;
  log: InvalidationLog;
  quarantine: Quarantine;
  /** Keys that are fetched again in the background. */
  refreshing: Set<string>;
  /** Of keys in Redis. */
  namespace: string;
  /** What mutations change by the schema. */
  invalidationOf: ReturnType<typeof createMutationInvalidation>;
  /** Whom mutations wait for, unless the schema says `strict`. */
  wait: Wait;
  /** Whether it tells for each part what it depends on, as our own subgraphs do; what it does not tell of is not kept. */
  reportsTags: boolean;
  metrics: Pick<
    CacheMetrics,
    | "looked"
    | "violations"
    | "joins"
    | "refreshes"
    | "invalidations"
    | "invalidatedTags"
    | "invalidationErrors"
    | "invalidationSeconds"
    | "deferred"
  >;
  logger: Logger;
  /** That of the store; the system's unless given. */
  clock?: CacheClock;
  /** Between 0 and 1; tests give their own. */
  random: () => number;
}
