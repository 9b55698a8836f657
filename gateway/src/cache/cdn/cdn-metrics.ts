import { Counter, durationBuckets, Gauge, Histogram, type Registry } from "@tradegraph/kit/metrics";
import { type CdnFailure } from "./cdn-provider.ts";

export interface CdnMetrics {
  onPurge: (outcome: "accepted" | CdnFailure, kind: "tags" | "everything") => void;
  onTags: (count: number) => void;
  /** @param seconds from the log's entry until the CDN had accepted its purge for the first time */
  onAccepted: (seconds: number) => void;
}

/** Figures of purges, if anybody keeps any. @param waiting entries that the CDN has not accepted twice */
export function createCdnMetrics(registry: Registry | undefined, waiting: () => number): CdnMetrics {
  if (!registry) return { onPurge: () => undefined, onTags: () => undefined, onAccepted: () => undefined };
  const registers = [registry];
  const purges = new Counter({
    name: "response_cache_cdn_purges_total",
    help: "Calls of the CDN, by outcome: accepted, limited (too many), refused (settings), invalid, failed",
    labelNames: ["outcome", "kind"] as const,
    registers,
  });
  const tags = new Counter({
    name: "response_cache_cdn_tags_total",
    help: "Tags that the CDN has accepted, repetitions included",
    registers,
  });
  const seconds = new Histogram({
    name: "response_cache_cdn_delay_seconds",
    help: "Time from an entry of the invalidation log until the CDN had accepted its purge",
    buckets: [...durationBuckets, 30, 60, 300],
    registers,
  });
  new Gauge({
    name: "response_cache_cdn_waiting",
    help: "Entries of the invalidation log that this gateway has taken and the CDN has not accepted twice",
    registers,
    collect() {
      this.set(waiting());
    },
  });
  return {
    onPurge: (outcome, kind) => {
      purges.inc({ outcome, kind });
    },
    onTags: (count) => {
      tags.inc(count);
    },
    onAccepted: (value) => {
      seconds.observe(value);
    },
  };
}
