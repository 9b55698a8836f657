// Carries what documents have in their outboxes to the event log of the same database, then to Redis. It may die between
// any two steps: an entry leaves its document only after it is in the log, and the log takes each entry once. See
// docs/AUDIT.md for why a leader that was frozen does no harm.
import { type mongo, type Types } from "mongoose";
import { createEventLog, type EventLog, SequenceTaken, type UnplacedEvent } from "./event-log.ts";
import { createLease, type Lease } from "./lease.ts";
import { relayComment } from "./mongo-metrics.ts";
import { type OutboxEntry } from "./outbox.ts";
import { type OutboxEvent } from "./outbox-event.ts";

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
  /** Called with each batch, in order, once it is in the log. */
  publish?: (events: readonly OutboxEvent[]) => Promise<void>;
  /** Runs after each step, for tests that let it die there. */
  afterStep?: (step: "read" | "added" | "confirmed" | "published") => Promise<void>;
}

export interface Relay {
  /** Carries what is there now. @returns how many entries; 0 also while another instance leads */
  round: () => Promise<number>;
  /** Age of the oldest entry that waits, as far as the last round saw, in seconds. */
  lagSeconds: () => number;
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

export function createRelay(options: RelayOptions): Relay {
  const { db, outboxes, publish, afterStep = () => Promise.resolve() } = options;
  const log = options.log ?? createEventLog(db);
  const lease = options.lease ?? createLease({ db, name: "relay" });
  let last: number | undefined;
  let leading = false;
  let oldest: number | undefined;

  /** @throws SequenceTaken when another leads by now */
  const carry = async (outbox: Outbox, holders: Holder[]) => {
    const events = holders.flatMap((holder) => holder.outbox.map((entry) => eventOf(outbox.type, holder, entry)));
    for (let start = 0; start < events.length; start += eventsAtOnce) {
      last ??= await log.last();
      const added = await log.append(last, events.slice(start, start + eventsAtOnce));
      last = added.at(-1)?.sequence ?? undefined;
      await afterStep("added");
      // Entries that were added behind a new leader's are read by nobody, so they must stay in their documents.
      if (!(await lease.confirm())) throw new SequenceTaken();
      await afterStep("confirmed");
      await publish?.(added);
      await afterStep("published");
    }
    await takeOut(db.collection(outbox.collection), holders);
    return events.length;
  };

  const carryAll = async (outbox: Outbox) => {
    let carried = 0;
    for (;;) {
      const holders = await findHolders(db.collection(outbox.collection));
      if (holders.length === 0) return carried;
      const first = Math.min(...holders.flatMap((holder) => holder.outbox.map(({ at }) => at.getTime())));
      oldest = Math.min(oldest ?? first, first);
      await afterStep("read");
      carried += await carry(outbox, holders);
      if (holders.length < holdersAtOnce) return carried;
    }
  };

  return {
    async round() {
      const led = leading;
      leading = await lease.hold();
      oldest = undefined;
      if (!leading) return 0;
      if (!led) last = undefined;
      let carried = 0;
      try {
        for (const outbox of outboxes) carried += await carryAll(outbox);
        oldest = undefined;
      } catch (error) {
        // Whatever it was, the next round reads where the log ends.
        last = undefined;
        leading = false;
        if (!(error instanceof SequenceTaken)) throw error;
      }
      return carried;
    },
    lagSeconds: () => (oldest === undefined ? 0 : Math.max(0, (Date.now() - oldest) / 1_000)),
    isLeading: () => leading,
    release: () => lease.release(),
  };
}

const eventOf = (type: string, { _id, tenantId }: Holder, entry: OutboxEntry): UnplacedEvent => ({
  tenantId,
  eventId: entry._id.toHexString(),
  type: entry.type,
  at: entry.at,
  entity: { type, id: String(_id) },
  actor: entry.actor,
  ...(entry.data && { data: entry.data }),
});

const findHolders = (collection: mongo.Collection): Promise<Holder[]> =>
  collection
    .find<Holder>({ hasOutbox: true }, { projection: { tenantId: 1, outbox: 1 } })
    .sort({ updatedAt: 1 })
    .hint({ hasOutbox: 1, updatedAt: 1 })
    .limit(holdersAtOnce)
    .maxTimeMS(5_000)
    .comment(relayComment)
    .toArray();

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
