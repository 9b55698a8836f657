// Carries what documents have in their outboxes to the event log of the same database, then to Redis. It may die between
// any two steps: an entry leaves its document only after it is in the log, and the log takes each entry once. See
// docs/AUDIT.md for why a leader that was frozen does no harm.
import { type mongo, type Types } from "mongoose";
import { cacheEntryType } from "./cache-entry.ts";
import { createEventLog, type EventLog, type LogEnd, SequenceTaken, type UnplacedEvent } from "./event-log.ts";
import { createLease, type Lease } from "./lease.ts";
import { relayComment } from "./mongo-metrics.ts";
import { type Logger } from "./logger.ts";
import { type OutboxEntry } from "./outbox.ts";
import { type FollowingEvent } from "./outbox-event.ts";
import { type RelayTelling } from "./relay-telling.ts";

/** A collection whose documents have an outbox, and the type under which its documents go in events. */
export interface Outbox {
  collection: string;
  type: string;
}

export interface RelayOptions {
  db: mongo.Db;
  outboxes: readonly Outbox[];
  log?: EventLog;
  lease?: Lease;
  logger: Logger;
  /** Tells gateways what cached answers must forget; absent without Redis. */
  telling?: RelayTelling | undefined;
  /** Called with each batch, in order, once it is in the log. */
  publish?: (events: readonly FollowingEvent[]) => Promise<void>;
  /** Runs after each step, for tests that let it die there. */
  afterStep?: (step: "read" | "added" | "confirmed" | "published") => Promise<void>;
}

export interface Relay {
  /** Carries what is there now. @returns how many entries; 0 also while another instance leads */
  round: () => Promise<number>;
  /** Age of the oldest entry that waits, whoever leads or whether anybody does, in seconds. */
  lagSeconds: () => Promise<number>;
  isLeading: () => boolean;
  release: () => Promise<void>;
}

interface Holder {
  _id: unknown;
  tenantId: string;
  outbox: OutboxEntry[];
}

const holdersAtOnce = 100;
const eventsAtOnce = 500;
/** Turns of a round, so that it ends although writers are as quick as it is. */
const turnsAtOnce = 20;

export function createRelay(options: RelayOptions): Relay {
  const { db, outboxes, logger, publish, telling, afterStep = () => Promise.resolve() } = options;
  const log = options.log ?? createEventLog(db);
  const lease = options.lease ?? createLease({ db, name: "relay" });
  let last: LogEnd | undefined;
  let leading = false;

  /** @throws SequenceTaken when another leads by now */
  const carry = async (outbox: Outbox, holders: Holder[]) => {
    const entries = holders.flatMap((holder) => holder.outbox);
    // First, because people wait for it; told twice is as good as once.
    const isTold = await telling?.tell(entries);
    const events = holders.flatMap((holder) =>
      holder.outbox.filter(isEvent).map((entry) => eventOf(outbox.type, holder, entry)),
    );
    reportRepeated(logger, events);
    for (let start = 0; start < events.length; start += eventsAtOnce) {
      last ??= await log.last();
      const { added, refused } = await log.append(last, events.slice(start, start + eventsAtOnce));
      last = added.at(-1);
      for (const { eventId, type, entity } of refused)
        logger.error({ eventId, type, entity }, "An event cannot be published; it is in refusedEvents");
      await afterStep("added");
      // Entries that were added behind a new leader's are read by nobody, so they must stay in their documents.
      if (!(await lease.confirm())) throw new SequenceTaken();
      await afterStep("confirmed");
      await publish?.(added);
      await afterStep("published");
    }
    if (isTold === false && !(await lease.confirm())) throw new SequenceTaken();
    await takeOut(db.collection(outbox.collection), holders);
    return entries.length;
  };

  const carryBatch = async (outbox: Outbox) => {
    const holders = await findHolders(db.collection(outbox.collection));
    if (holders.length === 0) return { carried: 0, isFull: false };
    await afterStep("read");
    return { carried: await carry(outbox, holders), isFull: holders.length === holdersAtOnce };
  };

  /** A batch of each collection in turn: one that never comes to an end holds up no other. */
  const carryAll = async (began: number) => {
    let carried = 0;
    let waiting = outboxes;
    for (let turn = 0; turn < turnsAtOnce && waiting.length > 0; turn += 1) {
      const full: Outbox[] = [];
      for (const outbox of waiting) {
        const batch = await carryBatch(outbox);
        carried += batch.carried;
        if (batch.isFull) full.push(outbox);
      }
      waiting = full;
    }
    if (waiting.length === 0) await telling?.settle(began);
    return carried;
  };

  return {
    async round() {
      // Before the lease is asked for: whoever stands still after its answer may find outboxes that another has emptied
      // without telling, and what is said of them must be as old as the answer.
      const began = performance.now();
      const led = leading;
      leading = await lease.hold();
      if (!leading) return 0;
      if (!led) {
        last = undefined;
        telling?.begin();
      }
      try {
        return await carryAll(began);
      } catch (error) {
        // Whatever it was, the next round reads where the log ends.
        last = undefined;
        leading = false;
        if (!(error instanceof SequenceTaken)) throw error;
        return 0;
      }
    },
    async lagSeconds() {
      const times = await Promise.all(outboxes.map(({ collection }) => oldestEntry(db.collection(collection))));
      return Math.max(0, (Date.now() - Math.min(...times)) / 1_000);
    },
    isLeading: () => leading,
    release: () => lease.release(),
  };
}

/** Entries that only say what cached answers must forget are carried no further. */
const isEvent = ({ type }: OutboxEntry) => type !== cacheEntryType;

const eventOf = (type: string, { _id, tenantId }: Holder, entry: OutboxEntry): UnplacedEvent => ({
  tenantId,
  eventId: entry._id.toHexString(),
  type: entry.type,
  at: entry.at,
  entity: { type, id: String(_id) },
  actor: entry.actor,
  ...(entry.data && { data: entry.data }),
});

/** One entry in two documents is one event in the log: the change of the other is not told. */
function reportRepeated(logger: Logger, events: readonly UnplacedEvent[]): void {
  const seen = new Set<string>();
  for (const { eventId, type, entity } of events) {
    if (seen.has(eventId)) logger.error({ eventId, type, entity }, "Two documents have the same outbox entry");
    seen.add(eventId);
  }
}

const findHolders = (collection: mongo.Collection): Promise<Holder[]> =>
  collection
    .find<Holder>({ hasOutbox: true }, { projection: { tenantId: 1, outbox: 1 } })
    .sort({ updatedAt: 1 })
    .hint({ hasOutbox: 1, updatedAt: 1 })
    .limit(holdersAtOnce)
    .maxTimeMS(5_000)
    .comment(relayComment)
    .toArray();

/** When the oldest was made out of those that are carried next, or Infinity. */
async function oldestEntry(collection: mongo.Collection): Promise<number> {
  const found = await collection
    .find<Holder>({ hasOutbox: true }, { projection: { outbox: { $slice: 1 } } })
    .sort({ updatedAt: 1 })
    .hint({ hasOutbox: 1, updatedAt: 1 })
    .limit(holdersAtOnce)
    .maxTimeMS(1_000)
    .comment(relayComment)
    .toArray();
  return Math.min(...found.map(({ outbox: [first] }) => first?.at.getTime() ?? Infinity));
}

/** Neither `version` nor `updatedAt` moves: to everybody else the document is as it was. */
async function takeOut(collection: mongo.Collection, holders: readonly Holder[]): Promise<void> {
  await collection.bulkWrite(
    holders.flatMap(({ _id, outbox }) => {
      const filter = { _id: _id as Types.ObjectId };
      const pull = { $pull: { outbox: { _id: { $in: outbox.map((entry) => entry._id) } } } } as object;
      return [
        { updateOne: { filter, update: pull } },
        // Not while a new entry came in between.
        { updateOne: { filter: { ...filter, outbox: { $size: 0 } }, update: { $set: { hasOutbox: false } } } },
      ];
    }),
    { ordered: true },
  );
}
