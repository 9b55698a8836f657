import { type CdnHealth } from "./cdn-health.ts";
import { failureIn } from "./cdn-provider.ts";
import { type Purge, type PurgeOptions } from "./tag-purge.ts";

export interface EverythingPurge extends Purge {
  /** What Redis says is due, and is this gateway's turn; undefined when nothing is. */
  owe: (owed: string | undefined) => void;
  /** What Redis said was due, and has been purged twice. */
  done: () => string | undefined;
}

export interface EverythingPurgeOptions extends PurgeOptions {
  repeatAfterMs: number;
  /** Shortest time between two that were accepted: the shop would have no edge at all. */
  distanceMs: number;
  health: CdnHealth;
}

/** Purges everything, and again after a while. */
export function createEverythingPurge(options: EverythingPurgeOptions): EverythingPurge {
  const { provider, metrics, reports, signal, now, repeatAfterMs, distanceMs, health } = options;
  let owed: string | undefined;
  /** What has been purged once, and when it is to be repeated. */
  let purged: { owed: string; repeatAt: number } | undefined;
  let done: string | undefined;
  let acceptedAt = -Infinity;
  const isRepetition = () => purged !== undefined && purged.owed === owed;
  return {
    owe(now) {
      owed = now;
      if (owed === undefined) purged = undefined;
      if (done !== owed) done = undefined;
    },
    done: () => done,
    hasWork() {
      if (owed === undefined || done === owed || !health.mayTry()) return false;
      if (now() - acceptedAt < distanceMs) return false;
      return !isRepetition() || now() >= (purged?.repeatAt ?? 0);
    },
    async attempt() {
      const [asked, isSecond] = [owed, isRepetition()];
      // It may have become another gateway's turn during the pause.
      if (asked === undefined || !health.mayTry()) return;
      await provider.purgeAll({ signal });
      health.accepted();
      acceptedAt = now();
      metrics.onPurge("accepted", "everything");
      reports.accepted();
      if (isSecond) done = asked;
      else purged = { owed: asked, repeatAt: now() + repeatAfterMs };
    },
    onError(error) {
      if (signal.aborted) return;
      health.failed(error);
      metrics.onPurge(failureIn(error).failure, "everything");
      reports.failed(error);
    },
  };
}
