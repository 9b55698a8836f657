// An invalidation log in memory: a test moves its position, ends its lease and marks tags by hand.
import { type Invalidation } from "@tradegraph/kit/invalidation";
import { type InvalidationLog, type Verdict, type Wait } from "../src/cache/log/invalidation-log.ts";

export interface FakeInvalidationLog extends InvalidationLog {
  /** Position of the last entry; written by hand to move time in the log. */
  at: number;
  /** False as if the lease had ended: neither position nor epoch. */
  hasLease: boolean;
  epochName: string;
  /** Subgraphs whose relay is silent. */
  unwatched: Set<string>;
  /** False as if Redis took no entries. */
  canAppend: boolean;
  /** All that was appended, oldest first. */
  appended: { invalidation: Invalidation; wait: Wait }[];
  /** One more entry in the log that names these tags. @returns its position */
  mark: (tags: readonly string[], kind?: "hard" | "soft") => number;
}

export function fakeInvalidationLog(): FakeInvalidationLog {
  const hard = new Map<string, number>();
  const soft = new Map<string, number>();
  const listeners: (() => void)[] = [];
  const isAfter = (marks: ReadonlyMap<string, number>, tags: readonly string[], position: number): boolean =>
    tags.some((tag) => (marks.get(tag) ?? 0) > position);
  const log: FakeInvalidationLog = {
    at: 1,
    hasLease: true,
    epochName: "epoch1",
    unwatched: new Set(),
    canAppend: true,
    appended: [],
    mark: (tags, kind = "hard") => {
      log.at += 1;
      for (const tag of tags) (kind === "hard" ? hard : soft).set(tag, log.at);
      return log.at;
    },
    position: () => (log.hasLease ? log.at : undefined),
    epoch: () => (log.hasLease ? log.epochName : undefined),
    verdict: (tags, position): Verdict => {
      if (isAfter(hard, tags, position)) return "hard";
      return isAfter(soft, tags, position) ? "soft" : "valid";
    },
    isWatched: (subgraph) => !log.unwatched.has(subgraph),
    append: (invalidation, wait) => {
      log.appended.push({ invalidation, wait });
      if (!log.canAppend) return Promise.resolve(false);
      log.mark(invalidation.tags, invalidation.isSoft ? "soft" : "hard");
      return Promise.resolve(true);
    },
    flush: () => {
      log.epochName = `${log.epochName}+`;
      hard.clear();
      soft.clear();
      for (const listener of listeners) listener();
      return Promise.resolve();
    },
    onFlush: (listener) => void listeners.push(listener),
    close: () => Promise.resolve(),
  };
  return log;
}
