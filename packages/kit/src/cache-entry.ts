// Outbox entries that tell only what cached answers must forget: they are no events, and no log has them.
import { Types } from "mongoose";
import { type Actor, mostEntryTags, outboxEntry, type OutboxEntry } from "./outbox.ts";
import { type TagMap } from "./read-scope.ts";
import { fewWriteTags } from "./write-parts.ts";

/** Type of an entry that is no event. */
export const cacheEntryType = "cache.tags";

const nobody: Actor = { role: "service" };

/**
 * An entry for a write that has none of its own.
 *
 * @param isOfMany it goes into several documents, see {@link isOfMany}
 */
export const cacheEntry = (tags: TagMap, isOfMany = false): OutboxEntry =>
  tagged(outboxEntry(cacheEntryType, nobody, isOfMany ? { isOfMany } : undefined), tags);

/**
 * Whether an entry stands in several documents, which are written one after the other: when it is told for the first of
 * them others may be as they were, so that the next time is no repetition.
 */
export const isOfMany = ({ type, data }: OutboxEntry): boolean => type === cacheEntryType && data?.isOfMany === true;

/** Puts the tags of a write into an entry of it, beside those that it has. */
export function tagged(entry: OutboxEntry, tags: TagMap): OutboxEntry {
  const all: TagMap = new Map([...(entry.cacheTags ?? []).map((tag) => [tag, undefined] as const), ...tags]);
  entry.cacheTags = fewWriteTags(all, mostEntryTags);
  return entry;
}

export const eventIdsOf = (entries: readonly OutboxEntry[]): string[] =>
  entries.map(({ _id }) => new Types.ObjectId(_id).toHexString());
