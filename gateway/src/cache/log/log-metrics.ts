import { Counter, Gauge, type Registry } from "@tradegraph/kit/metrics";
import { type EntryKind } from "./log-view.ts";

export interface LogMetrics {
  onEntry: (kind: EntryKind) => void;
  onFlush: () => void;
  onTrimmed: () => void;
  onUntold: () => void;
}

/** Figures of the invalidation log, if anybody keeps any. */
export function createLogMetrics(
  registry: Registry | undefined,
  { isHeld, size }: { isHeld: () => boolean; size: () => number },
): LogMetrics {
  const none = () => undefined;
  if (!registry) return { onEntry: none, onFlush: none, onTrimmed: none, onUntold: none };
  const registers = [registry];
  const entries = new Counter({
    name: "response_cache_invalidation_entries_total",
    help: "Entries of the invalidation log that were applied, by kind; unreadable ones forget everything",
    labelNames: ["kind"] as const,
    registers,
  });
  const resets = new Counter({
    name: "response_cache_invalidation_resets_total",
    help: "Times that everything was forgotten, by reason",
    labelNames: ["reason"] as const,
    registers,
  });
  const untold = new Counter({
    name: "response_cache_invalidation_untold_total",
    help: "Invalidations that could not be written in time, and were written later",
    registers,
  });
  new Gauge({
    name: "response_cache_lease",
    help: "1 while the cache may be used, 0 while the invalidation log cannot be read",
    registers,
    collect() {
      this.set(isHeld() ? 1 : 0);
    },
  });
  new Gauge({
    name: "response_cache_invalidation_tags",
    help: "Tags whose last invalidation is remembered",
    registers,
    collect() {
      this.set(size());
    },
  });
  return {
    onEntry: (kind) => {
      entries.inc({ kind });
    },
    onFlush: () => {
      resets.inc({ reason: "epoch" });
    },
    onTrimmed: () => {
      resets.inc({ reason: "trimmed" });
    },
    onUntold: () => {
      untold.inc();
    },
  };
}
