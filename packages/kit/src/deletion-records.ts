// Documents that are gone have no outbox that could say so. One document for each tenant has it instead, written after the
// deletion: an entry before it could be carried, and the document be read and cached again, while it is still there. A
// program that dies in between leaves cached answers as they are until their time is over.
import { type Model, mongo } from "mongoose";
import { cacheEntry } from "./cache-entry.ts";
import { type OutboxEntry, pushOutbox } from "./outbox.ts";
import { type TagMap } from "./read-scope.ts";

/** Says that documents are gone. @returns the entry that tells it */
export async function recordDeletion(model: Model<unknown>, tenantId: string, tags: TagMap): Promise<OutboxEntry> {
  const records = model.db.collection("securityRecords");
  const entry = cacheEntry(tags);
  const { $push, $set } = pushOutbox(entry);
  const now = new Date();
  const write = () =>
    records.updateOne(
      { tenantId, kind: "deletions" },
      { $push, $set: { ...$set, updatedAt: now }, $setOnInsert: { version: 1, createdAt: now } } as object,
      { upsert: true },
    );
  // Two that make the first document at once: the second finds it.
  await write().catch((error: unknown) => {
    if (error instanceof mongo.MongoServerError && error.code === 11_000) return write();
    throw error;
  });
  return entry;
}
