// What others must hear of, written in the same update as the change itself (decision 5): nobody hears of a change that
// did not happen, or misses one that did. The relay carries entries on; see relay.ts.
import { Schema, type SchemaDefinition, Types } from "mongoose";
import { embedded } from "./embedded.ts";
import { type Viewer, viewerRoles } from "./viewer.ts";

/** Who did it, and from where. */
export interface Actor {
  role: Viewer["role"];
  userId?: string;
  partnerId?: string;
  companyId?: string;
  sessionId?: string;
  /** Network address of the client. */
  address?: string;
  requestId?: string;
}

export interface OutboxEntry {
  _id: Types.ObjectId;
  /** Noun and past participle, such as `order.placed`. */
  type: string;
  at: Date;
  actor: Actor;
  /** Facts for whoever listens: ids, states, names of changed fields; never secrets, never personal data in clear. */
  data?: Record<string, unknown>;
  /** What the change makes cached answers forget; see cache-tags.ts. Written by write-tracking.ts. */
  cacheTags?: string[];
}

/** Fields of a document that has an outbox. */
export interface WithOutbox {
  outbox: OutboxEntry[];
  /** Flag for the partial index, true while `outbox` has entries. */
  hasOutbox: boolean;
}

/** Most entries that may wait in one document; far more than a relay that works ever leaves there. */
export const longestOutbox = 1_000;

/** Most cache tags of one entry; above it coarser ones stand for them. */
export const mostEntryTags = 64;
const longestTag = 200;

const text = (maxlength: number) => ({ type: String, maxlength });
const internal = { dataClass: "internal" } as const;
const aboutPerson = { dataClass: "restricted", personal: true } as const;

export const actorSchema = embedded({
  role: { type: String, required: true, enum: [...viewerRoles], ...internal },
  userId: { ...text(24), ...aboutPerson },
  partnerId: { ...text(24), ...internal },
  companyId: { ...text(24), ...internal },
  sessionId: { ...text(24), ...aboutPerson },
  address: { ...text(64), ...aboutPerson },
  requestId: { ...text(128), ...aboutPerson },
});

/** Definition to spread into `defineSchema`; add {@link outboxIndex} too. */
export const outboxFields = {
  outbox: {
    type: [
      embedded({
        _id: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
        type: {
          type: String,
          required: true,
          maxlength: 64,
          match: /^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*)+$/,
          dataClass: "internal",
        },
        at: { type: Date, required: true, dataClass: "internal" },
        actor: { type: actorSchema, required: true },
        data: { type: Object, dataClass: "internal" },
        cacheTags: { type: [text(longestTag)], default: undefined, maxItems: mostEntryTags, dataClass: "internal" },
      }),
    ],
    required: true,
    maxItems: longestOutbox,
    default: [],
  },
  hasOutbox: { type: Boolean, required: true, default: false, dataClass: "internal" },
} satisfies SchemaDefinition;

/** The relay looks over all tenants for documents with entries. */
export const outboxIndex = [{ hasOutbox: 1, updatedAt: 1 }, { partialFilterExpression: { hasOutbox: true } }] as const;

/** The actor of a request. Absent values stay absent: the database's validator refuses `undefined` and null. */
export function actorOf({ role, userId, partnerId, companyId, sessionId, address }: Viewer, requestId?: string): Actor {
  const all = { role, userId, partnerId, companyId, sessionId, address, requestId };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as Actor;
}

const listeners = new Set<() => void>();

/** Calls `listener` for each entry made in this process: somebody is about to write it. @returns what ends that */
export function onOutboxEntry(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function outboxEntry(type: string, actor: Actor, data?: Record<string, unknown>): OutboxEntry {
  for (const listener of listeners) listener();
  return { _id: new Types.ObjectId(), type, at: new Date(), actor, ...(data && { data }) };
}

/**
 * For a new document; without entries for one of which nobody needs to hear, such as demo data.
 *
 * @example Order.create({ ...fields, ...withOutbox(outboxEntry("order.placed", actor)) })
 */
export const withOutbox = (...entries: OutboxEntry[]): WithOutbox => ({
  outbox: entries,
  hasOutbox: entries.length > 0,
});

/**
 * For an update, which must merge it into its own `$set` and `$push`.
 *
 * @example const { $push, $set } = pushOutbox(entry); updateOne(filter, { $set: { status, ...$set }, $push })
 */
export const pushOutbox = (...entries: OutboxEntry[]) => ({
  $push: { outbox: { $each: entries } },
  $set: { hasOutbox: true },
});
