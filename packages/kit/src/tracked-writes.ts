// Where the outbox entries of a write stand, for each kind of write: that is where its cache tags go.
import { type AnyBulkWriteOperation, mongo } from "mongoose";
import { cacheEntry, tagged } from "./cache-entry.ts";
import { type OutboxEntry } from "./outbox.ts";
import { type TagMap } from "./read-scope.ts";
import { changedFields, filteredIds, type Write } from "./write-parts.ts";

/** A document as it is written whole. */
export interface NewDocument {
  _id?: unknown;
  outbox?: OutboxEntry[];
  hasOutbox?: boolean;
}

interface Update {
  $push?: { outbox?: OutboxEntry | { $each: OutboxEntry[] } };
  $set?: object;
}

/**
 * Puts tags into the entries that an update pushes, or pushes one that has them.
 *
 * @param isOfMany whether several documents are written
 * @returns the entries
 */
export function updateWrite(update: Update, tags: TagMap, isOfMany = false): OutboxEntry[] {
  // The tenancy plugin refuses updates by a pipeline.
  if (Array.isArray(update)) return [];
  const pushed = update.$push?.outbox;
  if (pushed) return ("$each" in pushed ? pushed.$each : [pushed]).map((entry) => tagged(entry, tags));
  const entry = cacheEntry(tags, isOfMany);
  update.$push = { ...update.$push, outbox: { $each: [entry] } };
  update.$set = { ...update.$set, hasOutbox: true };
  return [entry];
}

/** Puts tags into the entries of a new document. @returns the entries */
export const createdWrite = ({ outbox = [] }: NewDocument, tags: TagMap): OutboxEntry[] =>
  outbox.map((entry) => tagged(entry, tags));

/** Puts tags into the entries of what replaces a document, or adds one that has them. @returns the entries */
export function replacedWrite(document: NewDocument, tags: TagMap): OutboxEntry[] {
  if (document.outbox && document.outbox.length > 0) return createdWrite(document, tags);
  document.outbox = [cacheEntry(tags)];
  document.hasOutbox = true;
  return document.outbox;
}

/** Puts tags into new entries of a document that was loaded, or adds one that has them. @returns the entries */
export function savedWrite(document: NewDocument, tags: TagMap): OutboxEntry[] {
  const { outbox } = document;
  // Loaded without its outbox; only the running request tells of it then.
  if (!outbox) return [];
  const fresh = outbox.filter(({ cacheTags }) => cacheTags === undefined);
  if (fresh.length > 0) return fresh.map((entry) => tagged(entry, tags));
  const entry = cacheEntry(tags);
  outbox.push(entry);
  document.hasOutbox = true;
  return [entry];
}

interface BulkPart {
  filter?: object;
  update?: Update;
  document?: NewDocument;
  replacement?: NewDocument;
  upsert?: boolean;
  timestamps?: boolean;
}

/** The writes of a `bulkWrite`, each with what puts tags into its entries. */
export function bulkWrites(
  operations: readonly AnyBulkWriteOperation[],
): { write: Write; carry: (tags: TagMap) => OutboxEntry[] }[] {
  return operations.flatMap((operation) =>
    (Object.entries(operation) as [string, BulkPart][]).map(([name, part]) => {
      const { filter, update, document, replacement, upsert = false, timestamps } = part;
      if (name.startsWith("delete"))
        throw new Error("Delete documents that are cached by deleteOne or deleteMany: bulkWrite tells nobody.");
      if (document) {
        document._id ??= new mongo.ObjectId();
        const write = { ids: [String(document._id as string)], isMembership: true };
        return { write, carry: (tags: TagMap) => createdWrite(document, tags) };
      }
      const fields = replacement ? "all" : changedFields(update, timestamps !== false);
      const write: Write = { ids: filteredIds(filter ?? {}), fields, isMembership: upsert };
      // A copy, because callers may give several operations the same object; each needs an entry of its own.
      if (update && !Array.isArray(update)) part.update = { ...update };
      const carry = (tags: TagMap) =>
        replacement ? replacedWrite(replacement, tags) : updateWrite(part.update ?? {}, tags, name === "updateMany");
      return { write, carry };
    }),
  );
}
