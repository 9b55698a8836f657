// Notes what mongoose writes of models with a cache rule, in two places: with the running request, whose answer says it at
// once, and in the outbox entries of the same update, from which the relay says it again if need be. An update without an
// entry gets one. A new document without entries is one of which nobody but the caller needs to hear, such as demo data.
import { type AnyBulkWriteOperation, type Model, mongo, type Query, type Schema } from "mongoose";
import { eventIdsOf } from "./cache-entry.ts";
import { cacheRuleOf } from "./cache-rules.ts";
import { recordDeletion } from "./deletion-records.ts";
import { type OutboxEntry } from "./outbox.ts";
import { documentRefused } from "./outbox-rules.ts";
import { type TagMap } from "./read-scope.ts";
import { currentTenant } from "./tenancy.ts";
import { noteWrite } from "./told-writes.ts";
import {
  bulkWrites,
  createdWrite,
  type NewDocument,
  replacedWrite,
  savedWrite,
  updateWrite,
} from "./tracked-writes.ts";
import { changedFields, filteredIds, isHidden, type Write, writeTags } from "./write-parts.ts";

/** A write of one command that has begun. */
interface Begun {
  tenantId: string;
  write: Write;
  tags: TagMap;
  entries: readonly OutboxEntry[];
}

const begun = new WeakMap<object, Begun>();

const updates = ["updateOne", "updateMany", "findOneAndUpdate"] as const;
const replacements = ["replaceOne", "findOneAndReplace"] as const;
const deletions = ["deleteOne", "deleteMany", "findOneAndDelete"] as const;
const all = [...updates, ...replacements, ...deletions] as const;

type AnyQuery = Query<unknown, unknown>;
interface Options {
  upsert?: boolean;
  timestamps?: boolean | object;
}

/** Mongoose plugin; does nothing for models without a rule. */
export function writeTracking(schema: Schema): void {
  schema.pre([...updates], function (this: AnyQuery) {
    const { upsert = false } = this.getOptions() as Options;
    const { timestamps } = this.mongooseOptions() as Options;
    const fields = changedFields(this.getUpdate(), timestamps !== false);
    const { op } = this as unknown as { op: string };
    begin(this, { fields, isMembership: upsert }, (update, tags) => updateWrite(update, tags, op === "updateMany"));
  });
  schema.pre([...replacements], function (this: AnyQuery) {
    begin(this, { fields: "all", isMembership: (this.getOptions() as Options).upsert ?? false }, replacedWrite);
  });
  schema.pre([...deletions], function (this: AnyQuery) {
    begin(this, { isMembership: true }, () => []);
  });
  schema.post([...updates, ...replacements], function (this: AnyQuery, result: unknown) {
    const ended = endOf(this, result);
    if (ended) noteWrite(ended.tags, eventIdsOf(ended.entries));
  });
  schema.post([...deletions], async function (this: AnyQuery, result: unknown) {
    const ended = endOf(this, result);
    if (!ended) return;
    // Told by the request whatever becomes of the record.
    noteWrite(ended.tags, []);
    noteWrite(ended.tags, eventIdsOf([await recordDeletion(this.model, ended.tenantId, ended.tags)]));
  });
  schema.pre("save", function () {
    if (cacheRuleOf(this.constructor)) begun.set(this, beginSave(this as never));
  });
  schema.post("save", function (this: object) {
    noteBegun(this);
  });
  // What several documents are told of is noted before: some may be written although the command fails.
  schema.pre("insertMany", function (this: Model<unknown>, documents: unknown) {
    if (!cacheRuleOf(this)) return;
    for (const document of [documents as NewDocument[]].flat()) {
      document._id ??= new mongo.ObjectId();
      const write = { ids: [String(document._id as string)], isMembership: true };
      const tags = writeTags(currentTenant(), this.modelName, write);
      noteWrite(tags, eventIdsOf(createdWrite(document, tags)));
    }
  });
  schema.pre("bulkWrite", function (this: Model<unknown>, operations: unknown) {
    const rule = cacheRuleOf(this);
    if (!rule) return;
    for (const { write, carry } of bulkWrites(operations as AnyBulkWriteOperation[])) {
      if (isHidden(write, rule.hiddenFields)) continue;
      const tags = writeTags(currentTenant(), this.modelName, write);
      noteWrite(tags, eventIdsOf(carry(tags)));
    }
  });
  // Three parameters make it a handler of errors. An answer that got lost says nothing about the write.
  const noteUncertain = function (this: object, error: Error, _result: unknown, next: (error?: Error) => void) {
    const { code } = error as { code?: unknown };
    const isRefused = error instanceof mongo.MongoServerError && (code === 11_000 || code === documentRefused);
    // Told as no event: it may happen after this request has told of it, so the relay's word must count.
    if (!isRefused) noteBegun(this, false);
    next(error);
  };
  schema.post([...all], noteUncertain);
  schema.post("save", noteUncertain);
}

function begin(
  query: AnyQuery,
  what: Omit<Write, "ids">,
  carry: (written: never, tags: TagMap) => readonly OutboxEntry[],
): void {
  const { model } = query;
  const rule = cacheRuleOf(model);
  if (!rule || isHidden(what, rule.hiddenFields)) return;
  const tenantId = currentTenant();
  const write = { ...what, ids: filteredIds(query.getFilter()) };
  const tags = writeTags(tenantId, model.modelName, write);
  begun.set(query, { tenantId, write, tags, entries: carry(query.getUpdate() as never, tags) });
}

interface SavedDocument extends NewDocument {
  isNew: boolean;
  constructor: { modelName: string };
  modifiedPaths: () => string[];
}

function beginSave(document: SavedDocument): Begun {
  const tenantId = currentTenant();
  const { isNew } = document;
  const changed = Object.fromEntries(document.modifiedPaths().map((path) => [path, true]));
  const fields = changedFields(changed, true);
  const write = { ids: [String(document._id as string)], isMembership: isNew, fields };
  const tags = writeTags(tenantId, document.constructor.modelName, write);
  return { tenantId, write, tags, entries: (isNew ? createdWrite : savedWrite)(document, tags) };
}

function noteBegun(key: object, hasHappened = true): void {
  const found = begun.get(key);
  begun.delete(key);
  if (found) noteWrite(found.tags, hasHappened ? eventIdsOf(found.entries) : []);
}

interface Counts {
  modifiedCount?: number;
  upsertedCount?: number;
  deletedCount?: number;
}

/** @returns undefined when nothing was written */
function endOf(query: AnyQuery, result: unknown): Begun | undefined {
  const found = begun.get(query);
  begun.delete(query);
  if (!found) return undefined;
  const { op } = query as unknown as { op: string };
  if (!op.startsWith("findOneAnd")) {
    const { modifiedCount = 0, upsertedCount = 0, deletedCount = 0 } = (result ?? {}) as Counts;
    return modifiedCount + upsertedCount + deletedCount > 0 ? found : undefined;
  }
  const { _id } = (result ?? {}) as { _id?: unknown };
  // Of a document that is made, nothing comes back when the old one is asked for.
  if (result === null) return found.write.isMembership && !op.endsWith("Delete") ? found : undefined;
  if (found.write.ids || _id === undefined) return found;
  const write = { ...found.write, ids: [String(_id as string)] };
  return { ...found, tags: writeTags(found.tenantId, query.model.modelName, write) };
}
