// All figures of the response cache. Names end as those of Apollo Router's `response_cache` do, so that dashboards are
// easily carried over. Labels are bounded: names of the schema, and operations by operation-labels.ts.
import { Counter, durationBuckets, Histogram, type Registry, type Tally, tallyCounter } from "@tradegraph/kit/metrics";
import { createOperationLabels, type OperationLabel } from "../../operation-labels.ts";
import { type CacheState, stateGauges } from "./cache-state.ts";
import { createStoreMetrics } from "../store/store-metrics.ts";

/** What is kept: a whole answer, one root field of a subgraph, or one entity. */
export const cacheLevels = ["response", "root", "entity"] as const;
export type CacheLevel = (typeof cacheLevels)[number];

/** Where an answer came from. `bypass`: it may not be kept, or the cache may not be used now. */
export const cacheResults = ["memory", "redis", "stale", "miss", "bypass"] as const;
export type CacheResult = (typeof cacheResults)[number];

/** One look into the cache. */
export interface Lookup {
  level: CacheLevel;
  result: CacheResult;
  /** Name of the operation that wants it, as the caller wrote it, once it is known to be valid. */
  operation?: string | undefined;
  /** Not of whole answers. */
  subgraph?: string;
  /** GraphQL type: of the entity, or `Query`. */
  type?: string;
}

export type CacheMetrics = ReturnType<typeof createCacheMetrics>;

const counter = <const L extends string = never>(registry: Registry, name: string, help: string, labels: L[] = []) =>
  new Counter({ name: `response_cache_${name}`, help, labelNames: labels, registers: [registry] });

const histogram = <const L extends string>(registry: Registry, name: string, help: string, labels: L[]) =>
  new Histogram({
    ...{ name: `response_cache_${name}`, help, labelNames: labels },
    ...{ buckets: durationBuckets, registers: [registry] },
  });

/** @param labelOf shared with the gateway's other figures, so that one name is one label everywhere */
export function createCacheMetrics(registry: Registry, labelOf: OperationLabel = createOperationLabels()) {
  const requests = tallyCounter({
    name: "response_cache_requests_total",
    help: "Looks into the cache, by operation, level and result",
    labelNames: ["operation", "level", "result"] as const,
    registers: [registry],
  });
  const parts = counter(registry, "parts_total", "Looks for what a subgraph answers, by its type and result", [
    "subgraph",
    "type",
    "result",
  ]);
  const shadows = counter(registry, "shadow_total", "Hits that were asked again without cache, by what came of it", [
    "operation",
    "outcome",
  ]);
  const series = new Map<string, Partial<Record<CacheResult, Tally>>>();
  const requestsOf = (operation: string, level: CacheLevel, result: CacheResult) => {
    const key = level === "response" ? operation : `${level} ${operation}`;
    const known = series.get(key) ?? {};
    series.set(key, known);
    return (known[result] ??= requests({ operation, level, result }));
  };
  return {
    /** Counts a look. */
    looked({ level, result, operation, subgraph, type }: Lookup) {
      requestsOf(labelOf(operation, true), level, result).count += 1;
      if (subgraph !== undefined) parts.inc({ subgraph, type: type ?? "-", result });
    },
    /** Counts a hit that was asked again. @param operation as of {@link Lookup} */
    shadowed(operation: string | undefined, outcome: string) {
      shadows.inc({ operation: labelOf(operation, true), outcome });
    },
    /** Counted by the store itself. */
    store: createStoreMetrics(registry),
    /** Shows the state of this gateway's cache from now on. */
    observe: stateGauges(registry) satisfies (read: () => CacheState) => void,
    /** `source`: mutation, relay, operator. `kind`: hard, soft. */
    invalidations: counter(registry, "invalidation_event_total", "Entries in the invalidation log, by who wrote them", [
      "source",
      "kind",
    ]),
    invalidatedTags: counter(registry, "invalidation_entry_total", "Tags that were invalidated", ["source"]),
    invalidationErrors: counter(registry, "invalidation_error_total", "Invalidations that could not be written", [
      "source",
    ]),
    invalidationSeconds: histogram(registry, "invalidation_duration_seconds", "Time until an invalidation counts", [
      "wait",
    ]),
    /** `kind`: that of the request's items; `outcome`: accepted, refused, failed. */
    purges: counter(registry, "invalidation_request_total", "Items of `POST /invalidation`, by kind and outcome", [
      "kind",
      "outcome",
    ]),
    deferred: counter(registry, "invalidation_deferred_total", "Mutations whose changes only the relay could tell"),
    violations: counter(registry, "policy_violations_total", "Private answers to public questions", ["subgraph"]),
    joins: counter(registry, "flight_joins_total", "Questions that waited for an equal one under way", ["level"]),
    refreshes: counter(registry, "refreshes_total", "Questions asked again in the background, by outcome", [
      "level",
      "outcome",
    ]),
    warmed: counter(registry, "warmed_total", "Popular operations run after a start or a new schema", ["outcome"]),
  };
}
