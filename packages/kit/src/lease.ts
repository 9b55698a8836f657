// One of several instances leads a piece of work, and another takes over when it falls silent. No clocks are compared: a
// leader beats, and who waits takes over when no beat came for a while by its own watch. A leader that was frozen may
// still believe in itself for a moment, so what it does must be harmless then; `confirm` tells.
import { randomUUID } from "node:crypto";
import { mongo } from "mongoose";

export interface LeaseDocument {
  _id: string;
  /** Absent when the last leader gave up by itself. */
  owner?: string;
  term: number;
  beat: number;
}

export interface Lease {
  /** Takes, keeps or waits for the lease; call it at least three times within the silence that ends it. */
  hold: () => Promise<boolean>;
  /** Asks the database whether nobody else has led since {@link hold} said yes. */
  confirm: () => Promise<boolean>;
  /** Lets another lead at once. */
  release: () => Promise<void>;
}

/** Silence after which another takes over, in milliseconds. */
export const leaseSilenceMs = 5_000;

/** @param options.now milliseconds of a clock that never goes back; tests give their own */
export function createLease(options: { db: mongo.Db; name: string; silenceMs?: number; now?: () => number }): Lease {
  const { name, silenceMs = leaseSilenceMs, now = () => performance.now() } = options;
  const leases = options.db.collection<LeaseDocument>("leases");
  const owner = randomUUID();
  let term: number | undefined;
  let beaten = 0;
  let seen: { term: number; beat: number; since: number } | undefined;

  const confirm = async () => {
    if (term === undefined) return false;
    const at = now();
    const { matchedCount } = await leases.updateOne({ _id: name, owner, term }, { $inc: { beat: 1 } });
    if (matchedCount === 1) beaten = at;
    else term = undefined;
    return matchedCount === 1;
  };
  const take = async (found: LeaseDocument) => {
    const at = now();
    const { matchedCount } = await leases.updateOne(
      { _id: name, term: found.term, beat: found.beat },
      { $set: { owner }, $inc: { term: 1, beat: 1 } },
    );
    if (matchedCount === 0) return false;
    [term, beaten, seen] = [found.term + 1, at, undefined];
    return true;
  };
  const compete = async () => {
    const found = await leases.findOne({ _id: name });
    if (!found) {
      if (!(await insertFirst(leases, { _id: name, owner, term: 1, beat: 0 }))) return false;
      [term, beaten] = [1, now()];
      return true;
    }
    if (found.owner === undefined) return take(found);
    if (seen?.term !== found.term || seen.beat !== found.beat) seen = { ...found, since: now() };
    return now() - seen.since >= silenceMs && take(found);
  };
  return {
    async hold() {
      // A beat for every look would be a write for every look.
      if (term !== undefined && now() - beaten < silenceMs / 4) return true;
      return (await confirm()) || compete();
    },
    confirm,
    async release() {
      if (term === undefined) return;
      const given = term;
      term = undefined;
      await leases.updateOne({ _id: name, owner, term: given }, { $unset: { owner: "" } });
    },
  };
}

async function insertFirst(leases: mongo.Collection<LeaseDocument>, document: LeaseDocument): Promise<boolean> {
  try {
    await leases.insertOne(document);
    return true;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11000) return false;
    throw error;
  }
}
