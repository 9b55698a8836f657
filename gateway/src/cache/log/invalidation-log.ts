import { type Invalidation } from "@tradegraph/kit/invalidation";

/**
 * Whether what was kept at a position still counts: `valid`; `soft` when it may be shown as stale only; `hard` when it may
 * not be shown.
 */
export type Verdict = "valid" | "soft" | "hard";

/** How long whoever changed something waits: for this gateway alone, or for all that serve. */
export type Wait = "none" | "strict";

export interface InvalidationLog {
  /** Last entry applied here, or undefined while the cache may not be used: no lease, no epoch, or no Redis. */
  position: () => number | undefined;
  /** Part of every key; another one after a loss of data. Undefined with `position`. */
  epoch: () => string | undefined;
  /** `hard` while the cache may not be used. @param tags an array that stays as it is: verdicts are remembered by it */
  verdict: (tags: readonly string[], position: number) => Verdict;
  /** Whether the relay of a subgraph has lately said that nothing waits there. Always for those that none is expected of. */
  isWatched: (subgraph: string) => boolean;
  /**
   * Writes an entry and applies it here before it resolves; with `strict` also at all gateways that serve, or their lease
   * has ended.
   *
   * @returns false when it could not be written in time; the relay tells it later
   */
  append: (invalidation: Invalidation, wait: Wait) => Promise<boolean>;
  /** Forgets everything, everywhere: a new epoch. @throws Error without Redis */
  flush: () => Promise<void>;
  /** Called when all that is kept in memory counts no more. */
  onFlush: (listener: () => void) => void;
  close: () => Promise<void>;
}
