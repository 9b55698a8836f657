// What a write changes, as far as the write itself tells.
import { anyTag, entityTag, fieldTag, listTag, modelTag } from "./cache-tags.ts";
import { partsOfQuery, topField } from "./query-parts.ts";
import { type TagMap } from "./read-scope.ts";

export interface Write {
  /** Documents that it changes; absent when nobody can say. */
  ids?: readonly string[] | undefined;
  /** Top-level fields that it may give another value; `all` for a document that is replaced. */
  fields?: ReadonlySet<string> | "all";
  /** Documents may come or go. */
  isMembership: boolean;
}

/** Fields that no query of an answer names. */
const ownFields = new Set(["outbox", "hasOutbox"]);

/** Fields that an update names, and those that mongoose adds. @param update by operators, or the fields themselves */
export function changedFields(update: unknown, isTimed: boolean): Set<string> | "all" {
  if (Array.isArray(update)) return "all";
  const fields = new Set<string>(isTimed ? ["updatedAt"] : []);
  for (const [name, part] of Object.entries((update ?? {}) as Record<string, unknown>)) {
    // What is set on insert only comes with a new document, which every list hears of.
    const paths = name.startsWith("$") ? pathsOf(name, part) : [name];
    for (const path of paths) if (!ownFields.has(topField(path))) fields.add(topField(path));
  }
  return fields;
}

function pathsOf(operator: string, part: unknown): string[] {
  if (operator === "$setOnInsert" || typeof part !== "object" || part === null) return [];
  const paths = Object.keys(part);
  return operator === "$rename" ? [...paths, ...Object.values(part).map(String)] : paths;
}

/** Whether a write changes nothing but fields that no answer shows. */
export const isHidden = ({ fields = "all", isMembership }: Write, hiddenFields: readonly string[] = []): boolean =>
  !isMembership && fields !== "all" && [...fields].every((field) => hiddenFields.includes(field));

/** Ids of the documents that a filter can match, if it names them. */
export const filteredIds = (filter: object): readonly string[] | undefined => partsOfQuery(filter, undefined).ids;

/** The tags of a write: whoever has read what it changes carries one of them. */
export function writeTags(tenantId: string, model: string, { ids, fields = "all", isMembership }: Write): TagMap {
  const coarser = modelTag(tenantId, model);
  const tags: TagMap = new Map([[anyTag(tenantId, model), undefined]]);
  if (ids) for (const id of ids) tags.set(entityTag(model, id), coarser);
  else tags.set(coarser, undefined);
  // Every list carries the tag of the model's lists, so that those of single fields are no more than that.
  if (isMembership || fields === "all") tags.set(listTag(tenantId, model), undefined);
  else for (const field of fields) tags.set(fieldTag(tenantId, model, field), listTag(tenantId, model));
  return tags;
}

/** As few tags as needed, coarser ones standing for documents and for fields. */
export const fewWriteTags = (tags: TagMap, most: number): string[] =>
  tags.size <= most ? [...tags.keys()] : [...new Set([...tags].map(([tag, coarser]) => coarser ?? tag))];
