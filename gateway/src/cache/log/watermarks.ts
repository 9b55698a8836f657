// Whether relays still tell what was written around the gateways.
import { type Watermark } from "@tradegraph/kit/invalidation";

export interface Watermarks {
  /** @param since a time before which the watermark was not there; times are of the monotonic clock, milliseconds */
  hear: (watermark: Watermark, since: number) => void;
  isFresh: (subgraph: string, now: number) => boolean;
  /** Milliseconds since a time before which everything has been told, by subgraph; undefined where nothing was heard. */
  ages: (now: number) => Record<string, number | undefined>;
}

/**
 * @param watched subgraphs whose relays are expected; of others nothing is missed
 * @param maxAgeMs age of the oldest thing that may not have been told yet
 */
export function createWatermarks(watched: readonly string[], maxAgeMs: number): Watermarks {
  /** Everything that was written before has been told. */
  const toldUntil = new Map(watched.map((subgraph) => [subgraph, -Infinity]));
  return {
    hear({ subgraph, ageMs }, since) {
      const known = toldUntil.get(subgraph);
      if (known !== undefined) toldUntil.set(subgraph, Math.max(known, since - ageMs));
    },
    isFresh(subgraph, now) {
      const until = toldUntil.get(subgraph);
      return until === undefined || now - until <= maxAgeMs;
    },
    ages: (now) =>
      Object.fromEntries(
        [...toldUntil].map(([subgraph, until]) => [subgraph, until === -Infinity ? undefined : now - until]),
      ),
  };
}
