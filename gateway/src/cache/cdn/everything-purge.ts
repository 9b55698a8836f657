import { CdnError } from "./cdn-provider.ts";
import { type Purge, type PurgeOptions } from "./tag-purge.ts";

export interface EverythingPurge extends Purge {
  /** What Redis says is due, and is this gateway's turn; undefined when nothing is. */
  owe: (owed: string | undefined) => void;
  /** What Redis said was due, and has been purged twice. */
  done: () => string | undefined;
}

/** Purges everything, and again after a while. */
export function createEverythingPurge(options: PurgeOptions & { repeatAfterMs: number }): EverythingPurge {
  const { provider, metrics, reports, signal, now, repeatAfterMs } = options;
  let owed: string | undefined;
  /** What has been purged once, and when it is to be repeated. */
  let purged: { owed: string; repeatAt: number } | undefined;
  let done: string | undefined;
  const isRepetition = () => purged !== undefined && purged.owed === owed;
  return {
    owe(now) {
      owed = now;
      if (owed === undefined) purged = undefined;
      if (done !== owed) done = undefined;
    },
    done: () => done,
    hasWork() {
      if (owed === undefined || done === owed) return false;
      return !isRepetition() || now() >= (purged?.repeatAt ?? 0);
    },
    async attempt() {
      const [asked, isSecond] = [owed, isRepetition()];
      if (asked === undefined) return;
      await provider.purgeAll({ signal });
      metrics.onPurge("accepted", "everything");
      reports.accepted();
      if (isSecond) done = asked;
      else purged = { owed: asked, repeatAt: now() + repeatAfterMs };
    },
    onError(error) {
      if (signal.aborted) return;
      metrics.onPurge(error instanceof CdnError ? error.failure : "failed", "everything");
      reports.failed(error);
    },
  };
}
