// Whether the cache of one gateway may be used, at this moment, and why not.
import { Gauge, type Registry } from "@tradegraph/kit/metrics";

export interface LogState {
  /** Whether kept answers may be used: Redis has answered the log's reader in time. */
  hasLease: boolean;
  /** Milliseconds since the reader of the log was last answered. */
  lagMs: number | undefined;
  /** Tags with a position in memory. */
  tags: number;
  /** Milliseconds since the relay of a subgraph said that all changes were told; undefined if it never has. */
  watermarks: Readonly<Record<string, number | undefined>>;
}

export interface CacheState extends LogState {
  /** As the client calls it: `ready` when it can be asked. */
  redis: string;
}

/** Makes the gauges. @returns what they are to read from; they show nothing before */
export function stateGauges(registry: Registry): (read: () => CacheState) => void {
  let read: (() => CacheState) | undefined;
  const gauge = (name: string, help: string, value: (state: CacheState) => number | undefined) =>
    new Gauge({
      ...{ name: `response_cache_${name}`, help, registers: [registry] },
      collect() {
        this.set((read && value(read())) ?? NaN);
      },
    });
  gauge("log_lag_seconds", "Time since the invalidation log was last read", ({ lagMs }) => lagMs && lagMs / 1e3);
  gauge("redis_ready", "1 while Redis can be asked", ({ redis }) => Number(redis === "ready"));
  new Gauge({
    ...{
      name: "response_cache_watermark_age_seconds",
      help: "Time since a subgraph's relay said that it has told all",
    },
    ...{ labelNames: ["subgraph"] as const, registers: [registry] },
    collect() {
      this.reset();
      for (const [subgraph, ms] of Object.entries(read?.().watermarks ?? {})) {
        if (ms !== undefined) this.set({ subgraph }, ms / 1e3);
      }
    },
  });
  return (next) => {
    read = next;
  };
}
