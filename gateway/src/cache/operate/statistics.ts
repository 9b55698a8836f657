// What the metrics of this gateway say about its cache since it started, in one piece.
import { type Registry } from "@tradegraph/kit/metrics";
import { cacheLevels, type CacheResult, cacheResults } from "./cache-metrics.ts";
import { type CacheState } from "./cache-state.ts";

export interface HitRate {
  name: string;
  /** Of what kind; only of operations. */
  level?: string;
  counts: Record<CacheResult, number>;
  /** Share of hits among hits and misses; undefined before the first. */
  rate: number | undefined;
}

export interface Figure {
  /** Without `response_cache_`. */
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface CacheStatistics {
  /** ISO 8601. */
  takenAt: string;
  /** Undefined where nothing is kept. */
  state: CacheState | undefined;
  levels: HitRate[];
  /** By operation and level, the busiest first. */
  operations: HitRate[];
  /** By subgraph and type, the busiest first. */
  types: HitRate[];
  /** All other counters that have counted something, and gauges. */
  figures: Figure[];
}

const prefix = "response_cache_";
const tables = ["requests_total", "parts_total"];
/** In `state` already. */
const inState = ["lease", "log_lag_seconds", "invalidation_tags", "redis_ready", "watermark_age_seconds"];
const longest = 100;

/** @returns what to call for the figures of that moment */
export function createStatistics(registry: Registry, state: () => CacheState | undefined) {
  return async (): Promise<CacheStatistics> => {
    const metrics = (await registry.getMetricsAsJSON()).filter(({ name }) => name.startsWith(prefix));
    const figures = metrics.flatMap(({ name, type, values }) =>
      // Buckets say nothing to people.
      String(type) === "histogram" ? [] : values.map((one) => figureOf(name, one as unknown as Figure)),
    );
    const requests = figures.filter(({ name }) => name === "requests_total");
    const parts = figures.filter(({ name }) => name === "parts_total");
    return {
      takenAt: new Date().toISOString(),
      state: state(),
      levels: cacheLevels.map((level) =>
        rateOf(
          level,
          requests.filter(({ labels }) => labels.level === level),
        ),
      ),
      operations: grouped(requests, ({ operation, level }) => ({ name: operation ?? "", level })),
      types: grouped(parts, ({ subgraph, type }) => ({ name: `${subgraph ?? ""}.${type ?? ""}` })),
      figures: figures.filter(({ name, value }) => value > 0 && !tables.includes(name) && !inState.includes(name)),
    };
  };
}

export type ReadStatistics = ReturnType<typeof createStatistics>;

/** Default labels, such as the service's name, are the same everywhere. */
const figureOf = (name: string, { labels, value }: Figure): Figure => {
  const { service: _, ...own } = labels;
  return { name: name.slice(prefix.length), labels: own, value };
};

function rateOf(name: string, figures: readonly Figure[], level?: string): HitRate {
  const counts = Object.fromEntries(cacheResults.map((result) => [result, 0])) as Record<CacheResult, number>;
  for (const { labels, value } of figures) counts[labels.result as CacheResult] += value;
  const hits = counts.memory + counts.redis + counts.stale;
  const all = hits + counts.miss;
  return { name, ...(level !== undefined && { level }), counts, rate: all === 0 ? undefined : hits / all };
}

const total = ({ counts }: HitRate) => cacheResults.reduce((sum, result) => sum + counts[result], 0);

function grouped(
  figures: readonly Figure[],
  groupOf: (labels: Record<string, string>) => { name: string; level?: string | undefined },
): HitRate[] {
  const groups = Map.groupBy(figures, ({ labels }) => JSON.stringify(groupOf(labels)));
  return [...groups]
    .map(([group, members]) => {
      const { name, level } = JSON.parse(group) as { name: string; level?: string };
      return rateOf(name, members, level);
    })
    .sort((a, b) => total(b) - total(a))
    .slice(0, longest);
}
