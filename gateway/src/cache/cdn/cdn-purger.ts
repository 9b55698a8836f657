// Tells a CDN what the gateways have forgotten. Follows the invalidation log as one of a group, so that of all gateways one
// purges an entry, and another one if that dies before the CDN has accepted it twice. Nobody waits for any of this.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { invalidationKeys, parseLogEntry } from "@tradegraph/kit/invalidation";
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { duplicateFor, type RedisClient } from "@tradegraph/kit/redis";
import { createCdnHealth, type PurgeBackoff } from "./cdn-health.ts";
import { createCdnMetrics } from "./cdn-metrics.ts";
import { type CdnProvider } from "./cdn-provider.ts";
import { createFailureReports } from "./cdn-reports.ts";
import { leaveCall, type Poll, pollCall, pollOf } from "./cdn-scripts.ts";
import { createEverythingPurge } from "./everything-purge.ts";
import { createPurgeQueue, type PurgeQueueOptions } from "./purge-queue.ts";
import { createPurgeRun } from "./purge-run.ts";
import { createTagPurge } from "./tag-purge.ts";

export interface CdnPurgerOptions {
  redis: RedisClient;
  namespace: string;
  provider: CdnProvider;
  /** Of the service, zone or distribution: gateways with the same share the work. */
  id: string;
  logger: Logger;
  metrics?: Registry;
  /** Name of this gateway; random unless given. */
  member?: string;
  /** Purges are collected for so long. */
  pollMs?: number;
  /** Longer than any answer is on its way from here to the edge. */
  repeatAfterMs?: number;
  /** A gateway that has not polled for so long is dead, and one whose purges failed for so long leaves them to others. */
  deadMs?: number;
  /** Shortest time between two purges of everything. */
  distanceMs?: number;
  /** Longest wait for the purge under way when it is closed. */
  closeMs?: number;
  limits?: Omit<PurgeQueueOptions, "repeatAfterMs">;
  backoff?: PurgeBackoff;
  now?: () => number;
}

export interface CdnPurger {
  /** Entries that were taken and are not done. */
  waiting: () => number;
  /** What is not done is left to another gateway, or the next one. Never throws. */
  close: () => Promise<void>;
}

/** Entries that one poll brings at most. */
const page = 500;

/** In the background until it is closed; never throws. */
export function startCdnPurger(options: CdnPurgerOptions): CdnPurger {
  const { redis, namespace, provider, id, logger, member = randomUUID(), now = () => performance.now() } = options;
  const { pollMs = 200, repeatAfterMs = 10_000, deadMs = 5_000, distanceMs = 2_000, closeMs = 3_000 } = options;
  const scope = { namespace, cdn: [provider.name, id] as const };
  const logKey = invalidationKeys.log(namespace);
  const connection = duplicateFor(redis, logKey, {
    connectionName: `${member}-cdn`,
    commandTimeout: 2_500,
    enableAutoPipelining: false,
  });
  const queue = createPurgeQueue({ repeatAfterMs, ...options.limits });
  const metrics = createCdnMetrics(options.metrics, queue.size);
  const reports = createFailureReports(provider.name, logger);
  /** No new attempts; then also those under way end. */
  const [closing, closed] = [new AbortController(), new AbortController()];
  const shared = { provider, metrics, reports, signal: closed.signal, now };
  // A token may allow one and not the other.
  const newHealth = () => createCdnHealth({ deadMs, backoff: options.backoff, now });
  const [tagHealth, everythingHealth] = [newHealth(), newHealth()];
  const tags = createTagPurge({ ...shared, queue, health: tagHealth, onOut: () => abandon() });
  const everything = createEverythingPurge({ ...shared, repeatAfterMs, distanceMs, health: everythingHealth });
  const runs = [tags, everything].map((purge) =>
    createPurgeRun({ ...purge, signal: closing.signal, ...(options.backoff && { backoff: options.backoff }) }),
  );
  /** Raised when an answer was lost, or what it named is for others: that belongs to somebody who is dead. */
  let generation = 0;
  let abandoned: string | undefined;
  let failing = false;
  const consumer = () => `${member}/${generation}`;
  const abandon = () => {
    abandoned = consumer();
    generation += 1;
  };

  const take = ({ time, entries }: Poll, readAt: number) => {
    for (const [id, fields] of entries) {
      const entry = parseLogEntry(fields);
      const writtenAt = readAt - Math.max(0, time - Number.parseInt(id, 10));
      if (entry.kind === "invalidation") queue.add({ id, tags: entry.tags, isSoft: entry.isSoft, writtenAt });
      else queue.addUnknown(id);
    }
  };
  /** @returns whether there is more */
  const poll = async (): Promise<boolean> => {
    const [settlement, purgedAll] = [queue.settlement(), everything.done()];
    const question = { scope, member, consumer: consumer(), page, deadMs, nonce: randomUUID(), abandoned };
    const work = { takes: !tagHealth.isOut(), pays: everythingHealth.mayTry() };
    const answer = pollOf(await connection.eval(...pollCall({ ...question, ...work, settlement, purgedAll })));
    queue.settled(settlement);
    everything.owe(answer.owed);
    if (abandoned === question.abandoned) abandoned = undefined;
    // It may have become unable to purge meanwhile.
    if (consumer() !== question.consumer) return false;
    take(answer, now());
    if (failing) logger.info("The log is read for the CDN again");
    failing = false;
    return answer.entries.length >= page;
  };
  const pollSafely = async () => {
    if (connection.status !== "ready") return false;
    try {
      return await poll();
    } catch (error) {
      generation += 1;
      if (!failing) logger.warn({ error }, "The log cannot be read for the CDN; what changes is purged later");
      failing = true;
      return false;
    }
  };
  const follow = async () => {
    while (!closing.signal.aborted) {
      const hasMore = await pollSafely();
      for (const run of runs) run.start();
      if (!hasMore) await sleep(pollMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };
  const following = follow();
  const leave = () => {
    const done = { settlement: queue.settlement(), purgedAll: everything.done() };
    return connection.eval(...leaveCall({ scope, member, consumer: consumer(), ...done }));
  };
  return {
    waiting: queue.size,
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      const late = new AbortController();
      const ended = Promise.all([following, ...runs.map((run) => run.idle())]);
      await Promise.race([ended, sleep(closeMs, undefined, { signal: late.signal }).catch(() => undefined)]);
      late.abort();
      closed.abort();
      if (connection.status === "ready") await leave().catch(() => undefined);
      connection.disconnect();
    },
  };
}
