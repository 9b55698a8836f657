// What a request has written, so that its answer can say what cached answers must forget.
import { AsyncLocalStorage } from "node:async_hooks";
import { type ToldInvalidation } from "./invalidation.ts";
import { type TagMap } from "./read-scope.ts";
import { fewWriteTags } from "./write-parts.ts";

interface ToldWrites {
  tags: TagMap;
  events: Set<string>;
}

const scope = new AsyncLocalStorage<ToldWrites>();

/** Runs a request; what it writes is remembered for {@link toldWrites}. */
export const runTelling = <T>(work: () => T): T => scope.run({ tags: new Map(), events: new Set() }, work);

/** Header of the answer to an internal call past GraphQL; JSON of a `ToldInvalidation`. */
export const invalidationHeader = "tg-cache-invalidate";

/**
 * Remembers a write. Nothing happens outside of a request: what workers write is told by the relay alone.
 *
 * @param events ids of the outbox entries that tell the same
 */
export function noteWrite(tags: TagMap, events: Iterable<string>): void {
  const told = scope.getStore();
  if (!told) return;
  for (const [tag, coarser] of tags) told.tags.set(tag, coarser);
  for (const event of events) told.events.add(event);
}

/** Remembers what another program has written for this request. */
export function noteTold({ tags, events = [] }: ToldInvalidation): void {
  noteWrite(new Map(tags.map((tag) => [tag, undefined])), events);
}

const mostInAnswer = 512;

/**
 * What the running request has written so far, undefined when nothing that counts. Above `most` tags coarser ones stand
 * for documents, and above as many events none is named: then the relay's repetition is not known as one, which costs
 * something and harms nothing. The same when the request has failed: a write of which nothing was heard may happen yet, and
 * then the relay's word is the first that counts.
 */
export function toldWrites({ most = mostInAnswer, hasFailed = false } = {}): ToldInvalidation | undefined {
  const told = scope.getStore();
  if (!told || told.tags.size === 0) return undefined;
  const events = [...told.events];
  const isNamed = !hasFailed && events.length > 0 && events.length <= most;
  return { tags: fewWriteTags(told.tags, most), ...(isNamed && { events }) };
}

/** Most tags in {@link invalidationHeader}: Node refuses headers above 16 KiB. */
const mostInHeader = 50;

/** {@link toldWrites} as the value of {@link invalidationHeader}. */
export function toldWritesHeader(hasFailed = false): string | undefined {
  const told = toldWrites({ most: mostInHeader, hasFailed });
  return told && JSON.stringify(told);
}

/** Reads such a header; what is none is left out, because the relay tells the same. */
export function parseToldWrites(text: string): ToldInvalidation | undefined {
  try {
    return asToldWrites(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === "string");

/** @returns undefined for what is none */
export function asToldWrites(value: unknown): ToldInvalidation | undefined {
  const { tags, events } = (value ?? {}) as Partial<ToldInvalidation>;
  if (!isTexts(tags)) return undefined;
  return { tags, ...(isTexts(events) && { events }) };
}
