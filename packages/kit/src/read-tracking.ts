// Notes what mongoose reads while a request runs whose caller wants to keep the answer. See docs/ARCHITECTURE.md.
import { type Aggregate, type Query, type Schema } from "mongoose";
import { cacheRuleOf } from "./cache-rules.ts";
import { anyTag, entityTag, fieldTag, listTag, modelTag } from "./cache-tags.ts";
import { partsOfPipeline, partsOfQuery, type QueryParts } from "./query-parts.ts";
import { type ReadCollector, type TagMap, trackedScope } from "./read-scope.ts";
import { tenantIfAny } from "./tenancy.ts";

interface NamedModel {
  modelName: string;
}

/** A read that waits for its result. */
interface OpenRead {
  collector: ReadCollector;
  tenantId: string;
  model: string;
  parts: QueryParts;
  tags: TagMap;
}

/** By the query. */
const openReads = new WeakMap<object, OpenRead>();
const endedReads = new WeakMap<object, ReadCollector>();

/** Tags of documents by the document, and by its `_id`: a copy with fewer fields has the same one. */
const documentTags = new WeakMap<object, readonly [tag: string, coarser: string]>();

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The tag of something that was read as a document, or is a copy of one; undefined for everything else. */
export function tagOfDocument(value: object): readonly [tag: string, coarser: string] | undefined {
  const { _id } = value as { _id?: unknown };
  return documentTags.get(value) ?? (isObject(_id) ? documentTags.get(_id) : undefined);
}

/** Mongoose plugin; costs a look into AsyncLocalStorage for each query of a request that is not tracked. */
export function readTracking(schema: Schema): void {
  schema.pre(["find", "findOne", "countDocuments"], function (this: Query<unknown, unknown>) {
    if (!trackedScope()) return;
    const { sort } = this.getOptions() as { sort?: object };
    begin(this, this.model, partsOfQuery(this.getFilter(), sort));
  });
  schema.pre("distinct", function (this: Query<unknown, unknown>) {
    if (!trackedScope()) return;
    const { _distinct: path } = this as unknown as { _distinct: string };
    begin(this, this.model, partsOfQuery(this.getFilter(), undefined, path));
  });
  schema.pre("aggregate", function (this: Aggregate<unknown>) {
    if (trackedScope()) begin(this, this.model(), partsOfPipeline(this.pipeline()));
  });
  schema.post("find", function (this: Query<unknown, unknown>, result: unknown) {
    endMany(this, [result].flat());
  });
  schema.post("findOne", function (this: Query<unknown, unknown>, result: unknown) {
    end(this, [result]);
  });
  schema.post(["countDocuments", "distinct"], function (this: Query<unknown, unknown>) {
    end(this, []);
  });
  schema.post("aggregate", function (this: Aggregate<unknown>, result: unknown) {
    end(this, [result].flat());
  });
}

/** A cursor comes here with each document, and nobody says which is the last; that of an aggregation never. */
function endMany(query: object, documents: readonly unknown[]): void {
  if (openReads.has(query)) end(query, documents);
  else endedReads.get(query)?.refuse();
}

function begin(query: object, model: NamedModel, parts: QueryParts): void {
  const scope = trackedScope();
  if (!scope) return;
  const { collector, request } = scope;
  if (!collector) {
    // Somebody reads beside all resolvers; whose answer depends on it, nobody knows.
    request.isUnknown = true;
    return;
  }
  const rule = cacheRuleOf(model);
  const tenantId = tenantIfAny();
  const isByHidden = rule?.hiddenFields?.some((field) => parts.fields.has(field)) ?? false;
  if (!rule || tenantId === undefined || parts.isOutside || isByHidden) {
    collector.refuse();
    return;
  }
  const { modelName } = model;
  const tags: TagMap = new Map([[modelTag(tenantId, modelName), undefined]]);
  // Ids that are named one by one leave nothing open: no other document can come in.
  if (!parts.ids) {
    const fields = parts.isText ? [...parts.fields, ...(rule.textFields ?? [])] : [...parts.fields];
    tags.set(listTag(tenantId, modelName), undefined);
    for (const field of fields) tags.set(fieldTag(tenantId, modelName, field), undefined);
    if (parts.isUnknown || (parts.isText && !rule.textFields)) tags.set(anyTag(tenantId, modelName), undefined);
  }
  collector.open += 1;
  openReads.set(query, { collector, tenantId, model: modelName, parts, tags });
}

function end(query: object, documents: readonly unknown[]): void {
  const read = openReads.get(query);
  if (!read) return;
  openReads.delete(query);
  const { collector, tenantId, model, parts, tags } = read;
  const coarser = anyTag(tenantId, model);
  const found: TagMap = new Map();
  for (const document of documents.filter(isObject)) {
    const { _id } = document as { _id?: unknown };
    if (_id === undefined || _id === null || !parts.givesDocuments) {
      if (!parts.ids) tags.set(coarser, undefined);
      continue;
    }
    const tag = entityTag(model, String(_id as string));
    found.set(tag, coarser);
    for (const known of [document, _id]) if (isObject(known)) documentTags.set(known, [tag, coarser]);
  }
  const asked: TagMap = new Map((parts.ids ?? []).map((id) => [entityTag(model, id), coarser]));
  endedReads.set(query, collector);
  collector.open -= 1;
  collector.end({ tags, asked, found });
}
