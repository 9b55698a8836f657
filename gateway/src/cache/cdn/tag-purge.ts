import { CdnError, type CdnProvider } from "./cdn-provider.ts";
import { type CdnMetrics } from "./cdn-metrics.ts";
import { type FailureReports } from "./cdn-reports.ts";
import { type PurgeBatch, type PurgeQueue } from "./purge-queue.ts";

export interface PurgeOptions {
  provider: CdnProvider;
  metrics: CdnMetrics;
  reports: FailureReports;
  signal: AbortSignal;
  now: () => number;
}

export interface Purge {
  hasWork: () => boolean;
  /** One call of the CDN, or a few for many tags. @throws CdnError when it was not accepted */
  attempt: () => Promise<void>;
  onError: (error: unknown) => void;
}

/** So often a batch is refused before everything is to be purged instead: what comes later must not wait for it. */
const refusalsAllowed = 3;

const failureOf = (error: unknown) => (error instanceof CdnError ? error.failure : "failed");

/** Purges what the queue has. */
export function createTagPurge({
  provider,
  metrics,
  reports,
  signal,
  now,
  queue,
}: PurgeOptions & { queue: PurgeQueue }): Purge {
  let refusals = 0;
  const send = async (tags: readonly string[], isSoft: boolean) => {
    for (let at = 0; at < tags.length; at += provider.maxTags) {
      const some = tags.slice(at, at + provider.maxTags);
      await provider.purgeTags(some, { isSoft, signal });
      metrics.onPurge("accepted", "tags");
      metrics.onTags(some.length);
    }
  };
  const sendBatch = async ({ hard, soft }: PurgeBatch) => {
    if (!provider.hasSoft) return send([...hard, ...soft], false);
    await send(hard, false);
    await send(soft, true);
  };
  const isHopeless = (error: unknown) => {
    const failure = failureOf(error);
    if (failure === "refused") refusals += 1;
    return failure === "invalid" || (failure === "refused" && refusals >= refusalsAllowed);
  };
  return {
    hasWork: () => queue.hasDue(now()),
    async attempt() {
      const batch = queue.take(now());
      if (!batch) return;
      try {
        await sendBatch(batch);
      } catch (error) {
        if (isHopeless(error)) queue.giveUp(batch);
        else queue.putBack(batch);
        throw error;
      }
      refusals = 0;
      const acceptedAt = now();
      queue.accepted(batch, acceptedAt);
      for (const { writtenAt } of batch.first) metrics.onAccepted((acceptedAt - writtenAt) / 1_000);
      reports.accepted();
    },
    onError(error) {
      if (signal.aborted) return;
      metrics.onPurge(failureOf(error), "tags");
      reports.failed(error);
    },
  };
}
