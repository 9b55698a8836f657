// A durable consumer of one publisher's events: it misses none, whatever happens to Redis or to either program, and may
// be given one twice. Its position lies in its own database and moves after the events are taken over.
import { setTimeout as sleep } from "node:timers/promises";
import { type EventReader } from "./event-stream.ts";
import { type Lease } from "./lease.ts";
import { type Logger } from "./logger.ts";
import { type EventPage, type EventPosition, type OutboxEvent } from "./outbox-event.ts";
import { type Worker } from "./subgraph.ts";

export interface EventConsumerOptions {
  publisher: string;
  /** One instance consumes for all. */
  lease: Lease;
  /** Asks the publisher, which takes everything up to `from` as taken over. */
  ask: (from: EventPosition | undefined, limit: number) => Promise<EventPage>;
  /** The quick way; without it the publisher is asked every {@link silenceMs}. */
  stream?: EventReader | undefined;
  /** Undefined before the first. */
  position: { load: () => Promise<EventPosition | undefined>; save: (position: EventPosition) => Promise<void> };
  /** Takes events over; a repetition must do no harm. */
  handle: (events: readonly OutboxEvent[]) => Promise<void>;
  logger: Logger;
  silenceMs?: number;
}

/** Without news for this long the publisher is asked, milliseconds. */
const defaultSilenceMs = 2_000;
const pageSize = 500;
/** After so many events out of the stream the publisher hears how far we are, and may forget them. */
const tellAfter = 1_000;

export function consumeEvents(options: EventConsumerOptions): Worker {
  const { publisher, lease, stream, logger, silenceMs = defaultSilenceMs } = options;
  const stopping = new AbortController();
  let position: EventPosition | undefined;
  let mustAsk = true;
  /** The stream has something that does not follow what we hold. */
  let doubtful = false;
  let told = 0;
  /** What was taken over of the same log before all was read again: what came after that may be gone. */
  let had = 0;
  let failing = false;
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  const takeOver = async (log: string, events: readonly OutboxEvent[]) => {
    const newest = events.at(-1);
    if (!newest) return;
    await options.handle(events);
    const reached = { log, sequence: newest.sequence, eventId: newest.eventId };
    await options.position.save(reached);
    position = reached;
  };

  const askPublisher = async (from: EventPosition | undefined) => {
    const { log, follows, events, last } = await options.ask(from, pageSize);
    if (from && !follows) {
      // Its database is not the one we have read: restored, or made anew. Redis may still hold what it had.
      logger.warn({ publisher, position: from, log, last }, "A publisher has other events than it had; reading all");
      position = { log, sequence: 0, eventId: "" };
      had = log === from.log ? from.sequence : 0;
      await stream?.clear(log);
      return;
    }
    const after = Math.max(from?.sequence ?? 0, had);
    const first = events[0]?.sequence ?? after + 1;
    if (after > 0 && first > after + 1) logger.error({ publisher, after, first }, "Events of a publisher are gone");
    had = 0;
    position ??= { log, sequence: 0, eventId: "" };
    await takeOver(log, events);
    told = position.sequence;
    mustAsk = events.length === pageSize;
    if (doubtful && events.length === 0) {
      // What follows is in the log before it is in Redis, so this is none of the publisher's.
      logger.warn({ publisher, position }, "Redis has events that their publisher does not have; throwing them away");
      await stream?.clear(log);
    }
    doubtful = false;
  };

  const readStream = async ({ log, sequence, eventId }: EventPosition) => {
    const start = performance.now();
    const events = (await stream?.read(log, sequence, silenceMs)) ?? [];
    // Anybody may have written to Redis, and an older database of the publisher has: only what follows is believed.
    const stranger = events.findIndex(
      (event, index) =>
        event.sequence !== sequence + index + 1 || event.previous !== (events[index - 1]?.eventId ?? eventId),
    );
    const following = stranger === -1 ? events : events.slice(0, stranger);
    if (events.length === 0) await pause(Math.max(0, silenceMs - (performance.now() - start)));
    await takeOver(log, following);
    doubtful = stranger === 0;
    mustAsk = following.length === 0 || (position?.sequence ?? 0) - told >= tellAfter;
  };

  const step = async () => {
    if (!(await lease.hold())) {
      position = undefined;
      mustAsk = true;
      return pause(silenceMs / 2);
    }
    position ??= await options.position.load();
    await (mustAsk || !position ? askPublisher(position) : readStream(position));
    failing = false;
  };

  const loop = async () => {
    while (!stopping.signal.aborted) {
      await step().catch(async (error: unknown) => {
        // One line for each trouble; a publisher may be away for long.
        if (!failing) logger.warn({ error, publisher }, "Events could not be taken over; trying on");
        [failing, mustAsk, position] = [true, true, undefined];
        await pause(silenceMs / 2);
      });
    }
  };
  const running = loop();
  return {
    name: `consumer of ${publisher}`,
    async stop() {
      stopping.abort();
      stream?.close();
      await running;
      await lease.release().catch(() => undefined);
    },
  };
}
