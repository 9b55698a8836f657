// What is said in the invalidation log, by whoever says it: the gateway for mutations and operators, relays for all other
// writers. The log is one Redis stream; its ids are the order in which all gateways forget.
import { z } from "zod";
import { type RedisClient } from "./redis.ts";

export interface Invalidation {
  /** What changed, see cache-tags.ts. */
  tags: readonly string[];
  /** Outbox entries that this tells of, whose writes have happened. */
  events?: readonly string[];
  /**
   * The tags are those of the events and of nothing else, as relays have them: a gateway that has applied all of the events
   * before leaves the repetition out. A mutation's tags may be of later writes than those that a relay was quick to tell.
   */
  isOfEvents?: boolean;
  /** What is forgotten may be shown as stale while it is fetched again; by default it may not be shown at all. */
  isSoft?: boolean;
}

/** What a subgraph tells in `extensions.cacheInvalidate` of a mutation's answer. */
export interface ToldInvalidation {
  tags: string[];
  events?: string[];
}

/**
 * All keys lie in one slot of a cluster. None has a time to live: what has one may be evicted when memory is short, and
 * these must not be.
 */
export const invalidationKeys = {
  log: (namespace: string) => `{${namespace}}:log`,
  /** Relays say here that everything written before has been told; fields `s` subgraph, `a` age in milliseconds. */
  watermarks: (namespace: string) => `{${namespace}}:watermarks`,
  /** Names what is cached now; another value means that all that was cached counts no more. */
  epoch: (namespace: string) => `{${namespace}}:epoch`,
  /** Gateways that may hold a lease, each with a number that it raises at every beat. */
  members: (namespace: string) => `{${namespace}}:members`,
  /** Channel on which a gateway hears who has applied what it told. */
  acknowledgements: (namespace: string, member: string) => `{${namespace}}:applied:${member}`,
};

/** About how many entries the log holds. A gateway that is further behind forgets everything. */
export const logLength = 100_000;
const watermarksLength = 1_000;
/** Tags in one entry. */
const tagsPerEntry = 1_000;

/** One entry, as a gateway reads it. */
export type LogEntry =
  | { kind: "invalidation"; tags: string[]; events: string[]; isOfEvents: boolean; isSoft: boolean; barrier?: string }
  /** A new epoch begins here. */
  | { kind: "epoch"; barrier?: string }
  /** Of a newer program, or broken: something was to be forgotten, and it cannot be told what. */
  | { kind: "unreadable" };

export interface Watermark {
  subgraph: string;
  /** Everything that was written so many milliseconds before the watermark has been told. */
  ageMs: number;
}

/**
 * Writes to the log. Many tags become several entries; events and barrier are in the last, so that nobody who reads them
 * misses a part.
 *
 * @param options.barrier asks all gateways to acknowledge the entry
 * @returns id of the last entry
 * @throws Error when Redis does not take it; parts of it may be written then, which does no harm
 */
export async function appendInvalidation(
  redis: RedisClient,
  namespace: string,
  { tags, events = [], isOfEvents = false, isSoft = false }: Invalidation,
  { barrier, length = logLength }: { barrier?: string; length?: number } = {},
): Promise<string> {
  const key = invalidationKeys.log(namespace);
  const parts = Math.max(1, Math.ceil(tags.length / tagsPerEntry));
  const pipeline = redis.pipeline();
  for (let part = 0; part < parts; part += 1) {
    const own = tags.slice(part * tagsPerEntry, (part + 1) * tagsPerEntry);
    const fields = ["t", JSON.stringify(own), "m", isSoft ? "s" : "h"];
    if (part === parts - 1 && events.length > 0) fields.push("e", JSON.stringify(events));
    if (part === parts - 1 && isOfEvents) fields.push("o", "1");
    if (part === parts - 1 && barrier !== undefined) fields.push("b", barrier);
    pipeline.xadd(key, "MAXLEN", "~", length, "*", ...fields);
  }
  const answers = (await pipeline.exec()) ?? [];
  const error = answers.find(([error]) => error)?.[0];
  const id = answers.at(-1)?.[1];
  if (error) throw error;
  if (typeof id !== "string") throw new Error("Redis gave no id for an entry of the invalidation log.");
  return id;
}

/**
 * Says that a subgraph's relay has told everything that was written until `ageMs` ago. Measure the age after the last
 * {@link appendInvalidation} has resolved, and from before the outbox was read.
 *
 * @throws Error without Redis
 */
export async function appendWatermark(
  redis: RedisClient,
  namespace: string,
  subgraph: string,
  ageMs: number,
): Promise<void> {
  const age = String(Math.ceil(Math.max(0, ageMs)));
  const key = invalidationKeys.watermarks(namespace);
  await redis.xadd(key, "MAXLEN", "~", watermarksLength, "*", "s", subgraph, "a", age);
}

const textsSchema = z.array(z.string());

function texts(json: string): string[] | undefined {
  try {
    return textsSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

const named = (fields: readonly string[]) => {
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < fields.length; index += 2) values.set(fields[index] ?? "", fields[index + 1] ?? "");
  return values;
};

/** Reads an entry of the log. @param fields names and values in turn, as Redis gives them */
export function parseLogEntry(fields: readonly string[]): LogEntry {
  const values = named(fields);
  const [mode, barrier] = [values.get("m"), values.get("b")];
  const asked = barrier === undefined ? {} : { barrier };
  if (mode === "e") return { kind: "epoch", ...asked };
  const tags = texts(values.get("t") ?? "");
  const events = texts(values.get("e") ?? "[]");
  if (!tags || !events || (mode !== "h" && mode !== "s")) return { kind: "unreadable" };
  return { kind: "invalidation", tags, events, isOfEvents: values.get("o") === "1", isSoft: mode === "s", ...asked };
}

/** Reads a watermark. @returns undefined for what is none: nothing is watched by it, which is safe */
export function parseWatermark(fields: readonly string[]): Watermark | undefined {
  const values = named(fields);
  const [subgraph, age] = [values.get("s"), values.get("a")];
  if (subgraph === undefined || !/^\d{1,12}$/.test(age ?? "")) return undefined;
  return { subgraph, ageMs: Number(age) };
}
