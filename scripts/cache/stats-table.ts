// What `cache stats` prints, for people.
import { type CacheStatistics, type HitRate } from "@tradegraph/gateway/cache/operate/statistics";

const columns = ["rate", "memory", "redis", "stale", "miss", "bypass"] as const;

const percent = (rate: number | undefined) => (rate === undefined ? "–" : `${(rate * 100).toFixed(1)} %`);

const cells = ({ name, level, counts, rate }: HitRate): string[] => [
  level === undefined ? name : `${name} (${level})`,
  percent(rate),
  ...columns.slice(1).map((column) => String(counts[column as keyof typeof counts])),
];

function table(title: string, rates: readonly HitRate[]): string[] {
  const rows = [[title, ...columns], ...rates.map(cells)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
  );
  return rates.length === 0 ? [] : ["", ...lines];
}

/** Hit rates by level, operation and type, and whether the cache is in use. */
export function statsLines({ state, levels, operations, types }: CacheStatistics): string[] {
  const use = state?.hasLease ? "in use" : "not in use";
  const about = state
    ? `Response cache ${use}; Redis ${state.redis}; ${state.tags} tags in memory.`
    : "No response cache.";
  return [about, ...table("level", levels), ...table("operation", operations), ...table("type", types)];
}
