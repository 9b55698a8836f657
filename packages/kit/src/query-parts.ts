// What the answer of a query depends on, as far as the query itself tells.

export interface QueryParts {
  /** Only documents with these ids can be in the answer; absent when others can. */
  ids?: readonly string[];
  /** Top-level fields that decide which documents are in it, and in which order. */
  fields: ReadonlySet<string>;
  /** It searches the text index. */
  isText: boolean;
  /** Something in it is not understood, so that any document may count in any way. */
  isUnknown: boolean;
  /** It reads other collections, or by chance. */
  isOutside: boolean;
  /** What comes out are documents as they are stored, with further fields at most. */
  givesDocuments: boolean;
}

interface Parts {
  ids?: readonly string[];
  fields: Set<string>;
  isText: boolean;
  isUnknown: boolean;
  isOutside: boolean;
  givesDocuments: boolean;
}

const noParts = (): Parts => ({
  fields: new Set(),
  isText: false,
  isUnknown: false,
  isOutside: false,
  givesDocuments: true,
});

/** The first step of a path: documents are told apart by their fields, not by what lies inside. */
export const topField = (path: string): string => path.split(".", 1)[0] ?? path;

/** Reads a filter and a sort order. The tenant is in every filter and counts for nothing. */
export function partsOfQuery(filter: object, sort: object | undefined, ...others: string[]): QueryParts {
  const parts = noParts();
  addFilter(parts, filter as Record<string, unknown>, true);
  addFields(parts, Object.keys(sort ?? {}));
  addFields(parts, others);
  return parts;
}

function addFields(parts: Parts, paths: readonly string[]): void {
  for (const path of paths) if (path !== "_id" && path !== "tenantId") parts.fields.add(topField(path));
}

/** @param restricts whether every document of the answer meets this condition */
function addFilter(parts: Parts, filter: Record<string, unknown>, restricts: boolean): void {
  for (const [key, value] of Object.entries(filter)) {
    if (key === "_id") {
      // Beside an equality, ids are a range of documents that never leave it.
      const ids = restricts ? namedIds(value) : undefined;
      if (ids) parts.ids ??= ids;
    } else if (key === "$and" || key === "$or" || key === "$nor") {
      for (const part of value as Record<string, unknown>[]) addFilter(parts, part, restricts && key === "$and");
    } else if (key === "$text") parts.isText = true;
    else if (key.startsWith("$") && key !== "$comment") parts.isUnknown = true;
    else addFields(parts, [key]);
  }
}

/** Ids that a condition names one by one. */
function namedIds(condition: unknown): string[] | undefined {
  if (typeof condition === "string") return [condition];
  if (typeof condition !== "object" || condition === null) return undefined;
  if ("toHexString" in condition) return [String(condition)];
  const { $in: list, $eq: one } = condition as { $in?: unknown; $eq?: unknown };
  if (Array.isArray(list)) return list.map(String);
  return one === undefined ? undefined : [String(one)];
}

/** Stages after which documents are still documents. */
const documentStages = new Set(["$match", "$sort", "$limit", "$skip", "$addFields", "$set"]);

/** Stages that look beyond the collection, or throw dice. */
const outsideStages = new Set(["$lookup", "$graphLookup", "$unionWith", "$out", "$merge", "$sample", "$documents"]);

/** Reads an aggregation. A stage that makes something new of documents leaves open what it uses of them. */
export function partsOfPipeline(pipeline: readonly object[]): QueryParts {
  const parts = noParts();
  let isLeading = true;
  for (const [name, stage] of pipeline.flatMap((given) => Object.entries(given) as [string, unknown][])) {
    if (outsideStages.has(name) || mentions(stage, outsideStages)) parts.isOutside = true;
    if (name === "$match") addFilter(parts, stage as Record<string, unknown>, isLeading);
    else isLeading = false;
    if (name === "$sort") addFields(parts, Object.keys(stage as object));
    if (name === "$addFields" || name === "$set") addExpression(parts, stage);
    if (!documentStages.has(name)) [parts.isUnknown, parts.givesDocuments] = [true, false];
  }
  return parts;
}

/** Whether one of the stages lies inside, as in `$facet`. */
const mentions = (value: unknown, names: ReadonlySet<string>): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).some(([key, part]) => names.has(key) || mentions(part, names));

/** Fields that a computed field is made of: a later stage may sort by it. */
function addExpression(parts: Parts, expression: unknown): void {
  if (typeof expression === "string") {
    if (expression.startsWith("$$")) parts.isUnknown = true;
    else if (expression.startsWith("$")) addFields(parts, [expression.slice(1)]);
  } else if (typeof expression === "object" && expression !== null) {
    for (const part of Object.values(expression)) addExpression(parts, part);
  }
}
