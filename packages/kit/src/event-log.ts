// The published events of one database, in a sequence without gaps, until every durable consumer has passed them.
import { randomUUID } from "node:crypto";
import { mongo } from "mongoose";
import { type EventPage, type OutboxEvent } from "./outbox-event.ts";

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

export interface EventLog {
  /** Name of the sequence, made with the first event. */
  id: () => Promise<string>;
  /** Sequence of the newest event; 0 before the first. */
  last: () => Promise<number>;
  /**
   * Adds events behind `last`. Those that are there already are left out.
   *
   * @returns what was added, with its places
   * @throws SequenceTaken when somebody else has added events since `last` was read
   */
  append: (last: number, events: readonly UnplacedEvent[]) => Promise<OutboxEvent[]>;
  read: (after: number, limit: number) => Promise<EventPage>;
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
  const positions = db.collection<ConsumerDocument>("eventConsumers");

  const names = db.collection<{ _id: string; logId: string }>("eventLogs");
  let known: string | undefined;
  const id = async () => {
    const options = { upsert: true, returnDocument: "after" } as const;
    known ??= (await names.findOneAndUpdate({ _id: "log" }, { $setOnInsert: { logId: randomUUID() } }, options))?.logId;
    if (known === undefined) throw new Error("The log of events got no name.");
    return known;
  };
  const last = async () => (await stored.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } }))?._id ?? 0;
  const passedByAll = async () => {
    const found = await positions.find({ _id: { $in: [...consumers] } }).toArray();
    return Math.min(...consumers.map((name) => found.find(({ _id }) => _id === name)?.position ?? 0));
  };

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

  const insert = async (after: number, events: readonly UnplacedEvent[]): Promise<OutboxEvent[] | undefined> => {
    if (events.length === 0) return [];
    const documents = events.map((event, index) => ({ _id: after + index + 1, ...event }));
    try {
      await stored.insertMany(documents, { ordered: true });
      return documents.map(place);
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError) || error.code !== 11_000) throw error;
      const [failure] = [error.writeErrors].flat();
      if (failure?.errmsg?.includes("index: _id_")) throw new SequenceTaken();
      return undefined;
    }
  };

  return {
    id,
    last,
    async append(after, events) {
      const all = await insert(after, events);
      if (all) return all;
      // Rare: a leader died between adding events and taking them out of their documents.
      const start = await last();
      const known = await addedBefore(events);
      const added = await insert(
        start,
        events.filter(({ eventId }) => !known.has(eventId)),
      );
      if (!added) throw new SequenceTaken();
      return added;
    },
    async read(after, limit) {
      const found = await stored
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      const gap = found.findIndex(({ _id }, index) => index > 0 && _id !== (found[index - 1]?._id ?? 0) + 1);
      return { events: found.slice(0, gap === -1 ? undefined : gap).map(place), last: await last(), log: await id() };
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
