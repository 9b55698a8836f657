import { type Connection, type mongo, mongo as driver } from "mongoose";
import { type FieldCipher } from "./field-cipher.ts";
import { type SeedPlan } from "./seed-plan.ts";

/** What a subgraph's `seed.ts` gets. */
export interface SeedTask {
  connection: Connection;
  plan: SeedPlan;
  /** Called as documents are written, for the progress bar: collection, written so far, expected. */
  report: (collection: string, done: number, total: number) => void;
  /** Argon2id hash of the demo password, the same for all accounts; users only. */
  demoPasswordHash?: string;
  /** Of this database; for subgraphs with sealed fields. */
  cipher?: FieldCipher;
}

/** A document without the fields that {@link writeSeed} adds. */
export type SeedDocument = Record<string, unknown> & { _id: mongo.ObjectId | string; createdAt: Date; updatedAt: Date };

const batchSize = 500;

/**
 * Writes documents as a generator makes them, one batch in memory at a time. Ids that exist are left as they are, so a
 * second run changes nothing, whatever users have done to the data since.
 *
 * @param total how many the generator will give, for the progress bar
 * @returns how many were new
 */
export async function writeSeed(
  task: SeedTask,
  collection: string,
  total: number,
  documents: Iterable<SeedDocument>,
): Promise<number> {
  const target = task.connection.collection(collection);
  let written = 0;
  let seen = 0;
  let batch: SeedDocument[] = [];
  const flush = async () => {
    written += await insertNew(target, batch);
    seen += batch.length;
    batch = [];
    task.report(collection, seen, total);
  };
  for (const document of documents) {
    batch.push({ ...document, tenantId: task.plan.tenantId, version: 1, _seed: task.plan.runId });
    if (batch.length === batchSize) await flush();
  }
  if (batch.length > 0) await flush();
  return written;
}

async function insertNew(target: ReturnType<Connection["collection"]>, batch: SeedDocument[]): Promise<number> {
  try {
    const { insertedCount } = await target.insertMany(batch as never, { ordered: false });
    return insertedCount;
  } catch (error) {
    // The document exists. Anything else, a refused validator or another unique index, is a fault of the seed.
    if (!(error instanceof driver.MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    const other = failures.find(({ code, errmsg }) => code !== 11000 || !errmsg?.includes("index: _id_"));
    if (other)
      throw new Error(`The seed made a document that ${String(other.errmsg)}: ${JSON.stringify(other.err.errInfo)}`);
    return error.insertedCount;
  }
}

/** Removes what was seeded, and nothing else. @returns how many documents went */
export async function cleanSeed(connection: Connection, collections: readonly string[]): Promise<number> {
  let removed = 0;
  for (const name of collections) {
    const { deletedCount } = await connection.collection(name).deleteMany({ _seed: { $exists: true } });
    removed += deletedCount;
  }
  return removed;
}
