import { type CdnHealth } from "./cdn-health.ts";
import { type CdnMetrics } from "./cdn-metrics.ts";
import { type CdnProvider, failureIn } from "./cdn-provider.ts";
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

export interface TagPurgeOptions extends PurgeOptions {
  queue: PurgeQueue;
  health: CdnHealth;
  /** The gateway is out: whatever it has taken is for others now. */
  onOut: () => void;
}

interface TagCall {
  tags: string[];
  isSoft: boolean;
}

/** So often a batch is refused before everything is to be purged instead: what comes later must not wait for it. */
const refusalsAllowed = 3;
/** No answer has this tag. */
export const probeTag = "purge-probe";

function callsOf({ hard, soft }: PurgeBatch, { hasSoft, maxTags }: CdnProvider): TagCall[] {
  const calls = (tags: string[], isSoft: boolean) =>
    Array.from({ length: Math.ceil(tags.length / maxTags) }, (_, index) => ({
      tags: tags.slice(index * maxTags, (index + 1) * maxTags),
      isSoft,
    }));
  return hasSoft ? [...calls(hard, false), ...calls(soft, true)] : calls([...hard, ...soft], false);
}

/** Purges what the queue has; while the gateway is out it purges what nothing has, to see whether it can again. */
export function createTagPurge(options: TagPurgeOptions): Purge {
  const { provider, metrics, reports, signal, now, queue, health, onOut } = options;
  let refusals = 0;
  /** Of its calls some were accepted. A CDN that counts calls might never accept all of them in one go. */
  let begun: { batch: PurgeBatch; left: TagCall[] } | undefined;
  const call = async ({ tags, isSoft }: TagCall) => {
    await provider.purgeTags(tags, { isSoft, signal });
    metrics.onPurge("accepted", "tags");
    health.accepted();
    refusals = 0;
  };
  const isHopeless = (error: unknown) => {
    const { failure } = failureIn(error);
    if (failure === "refused") refusals += 1;
    return failure === "invalid" || (failure === "refused" && refusals >= refusalsAllowed);
  };
  const next = () => {
    if (begun) return begun;
    const batch = queue.take(now());
    return batch && { batch, left: callsOf(batch, provider) };
  };
  const fail = (error: unknown, batch: PurgeBatch, left: TagCall[], isBegun: boolean) => {
    if (isHopeless(error)) queue.giveUp(batch);
    else if (isBegun) begun = { batch, left };
    else queue.putBack(batch);
  };
  const purge = async ({ batch, left }: { batch: PurgeBatch; left: TagCall[] }) => {
    let isBegun = begun !== undefined;
    begun = undefined;
    for (const [index, next] of left.entries()) {
      try {
        await call(next);
        metrics.onTags(next.tags.length);
      } catch (error) {
        fail(error, batch, left.slice(index), isBegun);
        throw error;
      }
      isBegun = true;
    }
    const acceptedAt = now();
    queue.accepted(batch, acceptedAt);
    for (const { writtenAt } of batch.first) metrics.onAccepted((acceptedAt - writtenAt) / 1_000);
    reports.accepted();
  };
  const probe = async () => {
    await call({ tags: [probeTag], isSoft: false });
    reports.accepted();
  };
  return {
    hasWork: () => health.isOut() || begun !== undefined || queue.hasDue(now()),
    async attempt() {
      if (health.isOut()) return probe();
      const work = next();
      if (work) await purge(work);
    },
    onError(error) {
      if (signal.aborted) return;
      const wasOut = health.isOut();
      health.failed(error);
      metrics.onPurge(failureIn(error).failure, "tags");
      reports.failed(error);
      if (wasOut || !health.isOut()) return;
      begun = undefined;
      queue.release();
      onOut();
    },
  };
}
