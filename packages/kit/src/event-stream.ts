// Redis carries events to consumers quickly and keeps nothing that counts (ruling 26): whoever finds a gap asks the
// publisher.
import { once } from "node:events";
import { type Logger } from "./logger.ts";
import { type FollowingEvent, parseEvent } from "./outbox-event.ts";
import { duplicateFor, type RedisClient } from "./redis.ts";

/** About how many events a stream holds. */
const streamLength = 10_000;

/** A stream that nobody writes any more goes after this many seconds. */
const streamLifetime = 86_400;

/** All streams of a publisher lie in one slot of a cluster, because one connection reads them. */
const streamsOf = (namespace: string, publisher: string): string => `{${namespace}:events:${publisher}}`;

/** With the name of the sequence: another database of the publisher has other events of the same numbers. */
const streamKey = (namespace: string, publisher: string, log: string): string =>
  `${streamsOf(namespace, publisher)}:${log}`;

/**
 * Puts events on the stream, under their own numbers. Never throws: consumers do not rely on it.
 *
 * @param events in their order
 */
export async function publishToStream(
  { redis, namespace, publisher, log }: { redis: RedisClient; namespace: string; publisher: string; log: string },
  events: readonly FollowingEvent[],
): Promise<void> {
  const key = streamKey(namespace, publisher, log);
  const pipeline = redis.pipeline();
  for (const event of events)
    pipeline.xadd(key, "MAXLEN", "~", streamLength, `${event.sequence}-0`, "event", JSON.stringify(event));
  pipeline.expire(key, streamLifetime);
  // A number that is not above the newest is there already, or the stream is another's and a reader will clear it; an
  // absent Redis is reported by its connection.
  await pipeline.exec().catch(() => undefined);
}

export interface EventReader {
  /**
   * Waits for events of a log after `position`, for at most `waitMs`.
   *
   * @returns what came, which the reader must check by `previous`; nothing after the time or without Redis
   */
  read: (log: string, position: number, waitMs: number) => Promise<FollowingEvent[]>;
  /** Throws the stream away: it holds what the publisher does not have. */
  clear: (log: string) => Promise<void>;
  close: () => void;
}

type StreamAnswer = [key: string, entries: [id: string, fields: string[]][]][] | null;

/** Reads one publisher's stream over a connection of its own, because a reader that waits blocks it. */
export function createEventReader(options: {
  redis: RedisClient;
  namespace: string;
  publisher: string;
  logger: Logger;
}): EventReader {
  const { namespace, publisher } = options;
  const times = { commandTimeout: 10_000, socketTimeout: 12_000 };
  const connection = duplicateFor(options.redis, streamsOf(namespace, publisher), times);
  const closed = new AbortController();
  const becomesReady = (waitMs: number) =>
    once(connection, "ready", { signal: AbortSignal.any([closed.signal, AbortSignal.timeout(waitMs)]) }).then(
      () => true,
      () => false,
    );
  const clear = async (log: string) => {
    await connection.del(streamKey(namespace, publisher, log)).catch(() => undefined);
  };
  return {
    async read(log, position, waitMs) {
      if (connection.status !== "ready" && !(await becomesReady(waitMs))) return [];
      try {
        const key = streamKey(namespace, publisher, log);
        const from = `${position}-0`;
        const answer = (await connection.xread("COUNT", 500, "BLOCK", waitMs, "STREAMS", key, from)) as StreamAnswer;
        return (answer?.[0]?.[1] ?? []).map(([, fields]) => parseEvent(fields[1] ?? ""));
      } catch (error) {
        options.logger.debug({ error }, "A stream of events could not be read");
        // What is no event would be in the way for ever.
        if (connection.status === "ready") await clear(log);
        return [];
      }
    },
    clear,
    close() {
      closed.abort();
      connection.disconnect();
    },
  };
}
