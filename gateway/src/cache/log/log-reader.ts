// Follows the log for as long as the gateway runs, over a connection of its own.
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { invalidationKeys, parseWatermark } from "@tradegraph/kit/invalidation";
import { type Logger } from "@tradegraph/kit/logger";
import { duplicateFor, type RedisClient, type RedisConnection } from "@tradegraph/kit/redis";
import { parseEpoch } from "./log-epoch.ts";
import { type LogLease } from "./log-lease.ts";
import { type Beat, beatCall, beatOf, stateCall, stateOf } from "./log-scripts.ts";
import { type LogView, type RawEntry } from "./log-view.ts";
import { type GoneMember, watchMembers } from "./member-watch.ts";
import { type Watermarks } from "./watermarks.ts";

export interface LogReaderOptions {
  redis: RedisClient;
  namespace: string;
  member: string;
  logger: Logger;
  view: LogView;
  lease: LogLease;
  watermarks: Watermarks;
  leaseMs: number;
  blockMs: number;
  now: () => number;
  /** Something was applied, or another epoch has begun. */
  onProgress: () => void;
  onBarrier: (barrier: string) => void;
  /** @param ageMs of the epoch that is followed from now on, by the server's clock */
  onEpoch: (ageMs: number) => void;
  /** What was kept so far counts no more. */
  onFlush: () => void;
  onTrimmed: () => void;
  /** Called before each read that may renew the lease. @throws Error when the lease may not be renewed */
  beforeBeat: (reader: RedisConnection) => Promise<void>;
  /** Whether the read that has been sent may still renew it. */
  mayRenew: () => boolean;
}

export interface LogReader {
  close: () => Promise<void>;
}

/** Entries that one read brings at most. */
const pageSize = 1_000;
/** A member is gone after so many leases without a beat. */
const goneAfterLeases = 3;

type Page = Partial<Record<"log" | "watermarks", RawEntry[]>>;

export function startLogReader(options: LogReaderOptions): LogReader {
  const { redis, namespace, member, logger, view, lease, watermarks, leaseMs, blockMs, now } = options;
  const [logKey, watermarksKey] = [invalidationKeys.log(namespace), invalidationKeys.watermarks(namespace)];
  // A server that says nothing for so long is gone; it answers each read after `blockMs` at the latest.
  const connection = duplicateFor(redis, logKey, {
    connectionName: `${member}-log`,
    commandTimeout: undefined,
    // Otherwise what waits for an answer when the connection is lost waits for ever (ioredis #2193).
    maxRetriesPerRequest: 0,
    socketTimeout: blockMs + 2 * leaseMs,
    enableAutoPipelining: false,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 4), 500),
  });
  const closed = new AbortController();
  const memberWatch = watchMembers(goneAfterLeases * leaseMs);
  let gone: GoneMember[] = [];
  /** An epoch that counts no more, because the log has changed under it. */
  let replaced: string | undefined;
  /** Undefined: from what comes next. */
  let watermarkId: string | undefined;
  let readAt = -Infinity;
  let beatAt = -Infinity;
  let failing = false;

  // Without a lease there is nothing to wait for: it is given for the answer, however empty.
  const readArguments = () =>
    [
      ...(["COUNT", pageSize, "BLOCK", lease.isHeld() ? blockMs : 1, "STREAMS"] as const),
      ...([logKey, watermarksKey, view.lastId(), watermarkId ?? "$"] as const),
    ] as const;
  const pageOf = (answer: unknown): Page => {
    const page: Page = {};
    for (const [key, entries] of (answer ?? []) as [string, RawEntry[]][])
      page[key === logKey ? "log" : "watermarks"] = entries;
    return page;
  };
  const take = ({ log = [], watermarks: marks = [] }: Page, sentAt: number) => {
    const { barriers, hasEpoch } = view.apply(log);
    // Read again at once, with a beat; nothing is shown until then.
    if (hasEpoch) lease.end();
    for (const barrier of barriers) options.onBarrier(barrier);
    for (const [id, fields] of marks) {
      watermarkId = id;
      const watermark = parseWatermark(fields);
      if (watermark) watermarks.hear(watermark, readAt);
    }
    // What the next read brings was not there when this one was sent.
    readAt = sentAt;
    if (log.length > 0) options.onProgress();
    return log;
  };
  const beginEpoch = async ({ epoch: text, time }: Beat) => {
    const isFirst = view.epoch() === undefined;
    const epoch = parseEpoch(text);
    view.begin(epoch);
    options.onEpoch(Math.max(0, time - Number.parseInt(epoch.startId, 10)));
    readAt = -Infinity;
    if (!isFirst) {
      logger.warn("The cache begins anew: the invalidation log was flushed, or may have lost something");
      options.onFlush();
    }
    options.onProgress();
    const [newest] = await connection.xrevrange(watermarksKey, "+", "-", "COUNT", 1);
    watermarkId = newest?.[0] ?? "0-0";
  };

  /** Registers, reads and looks again, so that a lease is given only for a log that stayed the same all the time. */
  const readWithBeat = async () => {
    await options.beforeBeat(connection);
    const sentAt = now();
    const answers = await connection
      .pipeline()
      .eval(...beatCall(namespace, member, gone, replaced))
      .xread(...readArguments())
      .eval(...stateCall(namespace))
      .exec();
    const [beaten, read, looked] = (answers ?? []).map(([error, answer]) => {
      if (error) throw error;
      return answer;
    });
    const beat = beatOf(beaten);
    const state = stateOf(looked);
    beatAt = sentAt;
    replaced = undefined;
    gone = memberWatch.observe(beat.members, { sentAt, answeredAt: now() });
    const isOther = view.epoch()?.text !== beat.epoch;
    if (isOther) lease.end();
    const entries = take(pageOf(read), sentAt);
    if (isOther) return beginEpoch(beat);
    // There is more: the lease is for those who know all.
    if (entries.length === pageSize) return;
    const checked = view.check(beat, entries, state);
    if (checked === "replaced") {
      lease.end();
      replaced = beat.epoch;
      return;
    }
    if (checked === "trimmed") options.onTrimmed();
    if (state.epoch !== beat.epoch) lease.end();
    else if (options.mayRenew()) lease.renew(sentAt);
  };
  const readOnly = async () => {
    const sentAt = now();
    take(pageOf(await connection.xread(...readArguments())), sentAt);
  };

  const round = async () => {
    if (connection.status !== "ready") await once(connection, "ready", { signal: closed.signal });
    // A beat for each entry would be many beats while much is written.
    await (lease.isHeld() && now() - beatAt < blockMs / 2 ? readOnly() : readWithBeat());
    if (failing) logger.info("The invalidation log is read again");
    failing = false;
  };
  const follow = async () => {
    while (!closed.signal.aborted) {
      await round().catch(async (error: unknown) => {
        if (closed.signal.aborted) return;
        // One line for each trouble. A lease that is held goes on to its end.
        if (!failing) logger.warn({ error }, "The invalidation log cannot be read; the cache rests");
        failing = true;
        // A server that takes no writes is no longer the one to talk to.
        if (connection.status === "ready") connection.disconnect(true);
        await sleep(blockMs / 2, undefined, { signal: closed.signal }).catch(() => undefined);
      });
    }
  };
  const following = follow();
  return {
    async close() {
      closed.abort();
      connection.disconnect();
      await following;
    },
  };
}
