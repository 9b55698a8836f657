import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { appendInvalidation, type Invalidation, invalidationKeys } from "@tradegraph/kit/invalidation";
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { type RedisClient } from "@tradegraph/kit/redis";
import { type LogState } from "../operate/cache-state.ts";
import { type InvalidationLog } from "./invalidation-log.ts";
import { createLogBarrier, type OpenBarrier } from "./log-barrier.ts";
import { createLogLease } from "./log-lease.ts";
import { createLogMetrics } from "./log-metrics.ts";
import { compareIds } from "./log-position.ts";
import { startLogReader } from "./log-reader.ts";
import { flushCall, flushOf } from "./log-scripts.ts";
import { createLogView } from "./log-view.ts";
import { createUntold } from "./untold.ts";
import { createWatermarks } from "./watermarks.ts";

export interface InvalidationLogOptions {
  redis: RedisClient;
  namespace: string;
  logger: Logger;
  /** Subgraphs whose relays tell what is written around the gateways. */
  watched: readonly string[];
  /** Name of this instance; random unless given. No spaces and no slashes. */
  member?: string;
  /** The same for all gateways of a namespace: who writes relies on the leases of the others. */
  leaseMs?: number;
  /** Time for which a read of the log waits; at most a fourth of `leaseMs`. */
  blockMs?: number;
  watermarkMaxAgeMs?: number;
  /** Longest wait for an entry to be written. */
  appendMs?: number;
  /** Tags whose last invalidation is remembered; what was kept before that of a tag that is dropped counts no more. */
  tagCap?: number;
  /** Milliseconds of a clock that never goes back; tests give their own. */
  now?: () => number;
  metrics?: Registry;
}

/** Clocks of two machines run alike, but not quite. */
const clockMargin = 1.05;
const retryMs = 50;

/** For operators as well. */
export interface OpenInvalidationLog extends InvalidationLog {
  state: () => LogState;
}

/** Follows the invalidation log until it is closed; in the background, and for ever. Never throws. */
export function openInvalidationLog(options: InvalidationLogOptions): OpenInvalidationLog {
  const { redis, namespace, logger, watched, member = randomUUID(), leaseMs = 1_000, blockMs = 200 } = options;
  const { watermarkMaxAgeMs = 5_000, appendMs = 1_000, tagCap = 200_000, now = () => performance.now() } = options;
  const lease = createLogLease(leaseMs, now);
  const view = createLogView({
    tagCap,
    onEntry: (kind) => {
      metrics.onEntry(kind);
    },
  });
  const metrics = createLogMetrics(options.metrics, { isHeld: lease.isHeld, size: view.size });
  const watermarks = createWatermarks(watched, watermarkMaxAgeMs);
  const barrier = createLogBarrier({ redis, namespace, member });
  const untold = createUntold({ namespace });
  const flushed = new Set<() => void>();
  let progress = Promise.withResolvers<void>();
  /** Before this, somebody may have a lease who is not known to the epoch. */
  let membersKnownAt = Infinity;
  let isClosed = false;

  const reader = startLogReader({
    ...{ redis, namespace, member, logger, view, lease, watermarks, leaseMs, blockMs, now },
    onProgress() {
      progress.resolve();
      progress = Promise.withResolvers<void>();
    },
    onBarrier: barrier.acknowledge,
    onEpoch(ageMs) {
      membersKnownAt = leaseEnd() - ageMs;
    },
    onFlush() {
      metrics.onFlush();
      for (const listener of flushed) listener();
    },
    onTrimmed: metrics.onTrimmed,
    beforeBeat: untold.tell,
    mayRenew: untold.isEmpty,
  });

  /** No lease goes on for longer that was given before now. */
  const leaseEnd = () => now() + leaseMs * clockMargin;
  /** Resolves when an entry has been applied here, or nothing may be shown here that was kept before. */
  const appliedHere = async (isApplied: () => boolean, end: number) => {
    while (!isApplied() && now() < end)
      await Promise.race([progress.promise, sleep(end - now(), undefined, { ref: false })]);
  };
  /** Whom to wait for; undefined when Redis may have lost who there is. */
  const othersOf = (members: unknown, epochBefore: string | undefined, epoch: unknown) =>
    epoch !== undefined && epoch === epochBefore && now() >= membersKnownAt ? (members as string[]) : undefined;
  const othersNow = async (epochBefore: string | undefined) => {
    const { epoch: epochKey, members: membersKey } = invalidationKeys;
    const answers = await redis.pipeline().zrange(membersKey(namespace), "0", "-1").get(epochKey(namespace)).exec();
    const [members, epoch] = (answers ?? []).map(([error, answer]) => (error ? undefined : answer));
    return othersOf(members, epochBefore, epoch);
  };
  /** Tries again while Redis is there, which the lease tells; when it is gone, nobody shows anything old for long. */
  const write = async (invalidation: Invalidation, deadline: number, barrierId?: string) => {
    const settings = barrierId === undefined ? {} : { barrier: barrierId };
    for (;;) {
      try {
        return await appendInvalidation(redis, namespace, invalidation, settings);
      } catch (error) {
        if (!lease.isHeld() || now() + retryMs >= deadline) throw error;
        await sleep(retryMs);
      }
    }
  };
  const writeInTime = async (invalidation: Invalidation, barrierId?: string) => {
    const late = new AbortController();
    try {
      const inTime = sleep(appendMs, undefined, { signal: late.signal }).then(() => undefined);
      return await Promise.race([write(invalidation, now() + appendMs, barrierId), inTime]);
    } catch (error) {
      logger.debug({ error }, "An invalidation could not be written");
      return undefined;
    } finally {
      late.abort();
    }
  };
  const settled = async (open: OpenBarrier, members: readonly string[] | undefined, end: number) => {
    await open.settled(members, end - now());
    open.close();
  };

  return {
    position: () => (lease.isHeld() ? view.position() : undefined),
    epoch: () => (lease.isHeld() ? view.epoch()?.name : undefined),
    verdict: (tags, position) => (lease.isHeld() ? view.verdict(tags, position) : "hard"),
    state: () => ({
      hasLease: lease.isHeld(),
      lagMs: lease.age(),
      tags: view.size(),
      watermarks: watermarks.ages(now()),
    }),
    isWatched: (subgraph) => watermarks.isFresh(subgraph, now()),
    async append(invalidation, wait) {
      const open = wait === "strict" ? barrier.open() : undefined;
      const epoch = view.epoch();
      const id = await writeInTime(invalidation, open?.id);
      if (id === undefined) {
        // Until it is written nothing old is shown here, and it is written before anything is shown again.
        lease.end();
        untold.add(invalidation);
        metrics.onUntold();
        open?.close();
        return false;
      }
      const end = leaseEnd();
      const others = open && settled(open, await othersNow(epoch?.text).catch(() => undefined), end);
      // Of another epoch too: somebody may have kept something in it before this was written.
      await appliedHere(() => compareIds(view.lastId(), id) >= 0, end);
      await others;
      return true;
    },
    async flush() {
      const open = barrier.open();
      const known = view.epoch()?.text;
      const { before, epoch, members } = flushOf(await redis.eval(...flushCall(namespace, open.id)));
      const end = leaseEnd();
      const others = settled(open, othersOf(members, known, before ?? undefined), end);
      await appliedHere(() => view.epoch()?.text === epoch, end);
      await others;
    },
    onFlush(listener) {
      flushed.add(listener);
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await reader.close();
      lease.end();
      barrier.close();
      // Nobody has to wait for us.
      await redis.zrem(invalidationKeys.members(namespace), member).catch(() => undefined);
    },
  };
}
