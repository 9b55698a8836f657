// The published events of one database, in a sequence without gaps, until every durable consumer has passed them.
import { randomUUID } from "node:crypto";
import { mongo } from "mongoose";
import { type EventPage, type EventPosition, type FollowingEvent, type OutboxEvent } from "./outbox-event.ts";
import { documentRefused } from "./outbox-rules.ts";

/** Everybody who must not miss an event. Events wait for each of them, so a name that nobody uses must go. */
export const durableConsumers = ["audit"] as const;
export type DurableConsumer = (typeof durableConsumers)[number];

type StoredEvent = Omit<OutboxEvent, "sequence"> & { _id: number };
/** An event that has no place in the sequence yet. */
export type UnplacedEvent = Omit<OutboxEvent, "sequence">;

interface ConsumerDocument {
  _id: string;
  position: number;
}

interface RefusedDocument {
  _id: string;
  event: UnplacedEvent;
  refusedAt: Date;
}

/** Where the sequence ends. */
export type LogEnd = Pick<EventPosition, "sequence" | "eventId">;

export interface Appended {
  /** What was added. */
  added: FollowingEvent[];
  /** What the collection's validator refuses: put into `refusedEvents`, so that it stops nothing else. */
  refused: UnplacedEvent[];
}

export interface EventLog {
  /** Name of the sequence, made with the first event. */
  id: () => Promise<string>;
  /** The newest event; 0 and no id before the first. */
  last: () => Promise<LogEnd>;
  /**
   * Adds events behind `end`. Those that are there already are left out.
   *
   * @throws SequenceTaken when somebody else has added events since `end` was read
   */
  append: (end: LogEnd, events: readonly UnplacedEvent[]) => Promise<Appended>;
  /** What follows a position, of what no fail-over takes back. @param from undefined for the beginning */
  read: (from: EventPosition | undefined, limit: number) => Promise<EventPage>;
  /** Remembers that a consumer has everything up to `position`. */
  checkpoint: (consumer: DurableConsumer, position: number) => Promise<void>;
  /** Removes what all durable consumers have passed, but for the newest: its number is where the next goes on. */
  prune: () => Promise<number>;
}

/** Another leader is at work. */
export class SequenceTaken extends Error {}

const place = ({ _id, ...event }: StoredEvent): OutboxEvent => ({ sequence: _id, ...event });

export function createEventLog(db: mongo.Db, consumers: readonly string[] = durableConsumers): EventLog {
  const stored = db.collection<StoredEvent>("outboxEvents");
  // A leader that fails over takes back what a majority does not have, and its number goes to another event.
  const safe = db.collection<StoredEvent>("outboxEvents", { readConcern: { level: "majority" } });
  const positions = db.collection<ConsumerDocument>("eventConsumers");
  const asides = db.collection<RefusedDocument>("refusedEvents");

  const names = db.collection<{ _id: string; logId: string }>("eventLogs");
  let known: string | undefined;
  const id = async () => {
    const options = { upsert: true, returnDocument: "after" } as const;
    known ??= (await names.findOneAndUpdate({ _id: "log" }, { $setOnInsert: { logId: randomUUID() } }, options))?.logId;
    if (known === undefined) throw new Error("The log of events got no name.");
    return known;
  };
  const endOf = async (collection: typeof stored): Promise<LogEnd> => {
    const newest = await collection.findOne({}, { sort: { _id: -1 }, projection: { eventId: 1 } });
    return { sequence: newest?._id ?? 0, eventId: newest?.eventId ?? "" };
  };
  const passedByAll = async () => {
    const found = await positions.find({ _id: { $in: [...consumers] } }).toArray();
    return Math.min(...consumers.map((name) => found.find(({ _id }) => _id === name)?.position ?? 0));
  };

  /**
   * Whether the event of a position is where it was; {@link EventLog.prune} keeps it. A majority has had it, so it counts
   * at once after a fail-over, when the new leader does not know yet what its majority has.
   */
  const follows = async ({ log, sequence, eventId }: EventPosition) =>
    log === (await id()) &&
    (sequence === 0 || (await stored.findOne({ _id: sequence }, { projection: { eventId: 1 } }))?.eventId === eventId);

  /** Events out of `events` that were added before, and where they will be read. */
  const addedBefore = async (events: readonly UnplacedEvent[]) => {
    const tenants = [...new Set(events.map(({ tenantId }) => tenantId))];
    const ids = events.map(({ eventId }) => eventId);
    const found = await stored.find({ tenantId: { $in: tenants }, eventId: { $in: ids } }).toArray();
    const passed = await passedByAll();
    // A leader that was frozen may have written behind everybody's position, into places whose events are gone; nobody
    // will read them there. Told twice is better than not at all.
    const behind = found.filter(({ _id }) => _id < passed).map(({ _id }) => _id);
    if (behind.length > 0) await stored.deleteMany({ _id: { $in: behind } });
    return new Set(found.filter(({ _id }) => _id >= passed).map(({ eventId }) => eventId));
  };

  const putAside = (event: UnplacedEvent) =>
    asides.replaceOne({ _id: event.eventId }, { event, refusedAt: new Date() }, { upsert: true });

  /** @returns undefined when an event was added before */
  const insert = async (end: LogEnd, events: readonly UnplacedEvent[]): Promise<Appended | undefined> => {
    if (events.length === 0) return { added: [], refused: [] };
    const documents = events.map((event, index) => ({ _id: end.sequence + index + 1, ...event }));
    const chain = (count: number) =>
      documents.slice(0, count).map((document, index): FollowingEvent => {
        return { ...place(document), previous: documents[index - 1]?.eventId ?? end.eventId };
      });
    try {
      await stored.insertMany(documents, { ordered: true });
      return { added: chain(documents.length), refused: [] };
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
      const [failure] = [error.writeErrors].flat();
      const bad = failure && events[failure.index];
      if (bad && failure.code === documentRefused) {
        await putAside(bad);
        const before = chain(failure.index);
        const { sequence, eventId } = before.at(-1) ?? end;
        const rest = await insert({ sequence, eventId }, events.slice(failure.index + 1));
        return rest && { added: [...before, ...rest.added], refused: [bad, ...rest.refused] };
      }
      if (error.code !== 11_000) throw error;
      if (failure?.errmsg?.includes("index: _id_")) throw new SequenceTaken();
      return undefined;
    }
  };

  return {
    id,
    last: () => endOf(stored),
    async append(end, events) {
      const all = await insert(end, events);
      if (all) return all;
      // Rare: a leader died between adding events and taking them out of their documents.
      const start = await endOf(stored);
      const known = await addedBefore(events);
      const added = await insert(
        start,
        events.filter(({ eventId }) => !known.has(eventId)),
      );
      if (!added) throw new SequenceTaken();
      return added;
    },
    async read(from, limit) {
      const log = await id();
      if (from && !(await follows(from)))
        return { log, follows: false, events: [], last: (await endOf(safe)).sequence };
      const after = from?.sequence ?? 0;
      const found = await safe
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      const gap = found.findIndex(({ _id }, index) => index > 0 && _id !== (found[index - 1]?._id ?? 0) + 1);
      const events = found.slice(0, gap === -1 ? undefined : gap).map(place);
      return { log, follows: true, events, last: Math.max((await endOf(safe)).sequence, after) };
    },
    async checkpoint(consumer, position) {
      await positions.updateOne({ _id: consumer }, { $max: { position } }, { upsert: true });
    },
    async prune() {
      const passed = await passedByAll();
      return passed > 0 ? (await stored.deleteMany({ _id: { $lt: passed } })).deletedCount : 0;
    },
  };
}
