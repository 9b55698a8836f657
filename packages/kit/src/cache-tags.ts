// Names by which cached answers are forgotten. An answer carries the tags of everything that it depends on, and whoever
// changes something names the tags of what changed; equal text is all that counts.

/** Everything a subgraph has answered. */
export const subgraphTag = (subgraph: string): string => `subgraph:${subgraph}`;

/** Everything that shows something of a GraphQL type, as a subgraph tells it. */
export const typeTag = (subgraph: string, typeName: string): string => `type:${subgraph}:${typeName}`;

/** Everything of one marketplace. */
export const tenantTag = (tenantId: string): string => `tenant:${tenantId}`;

/** One document or entity. @param id of its document, or its `@key` as canonical text */
export const entityTag = (typeName: string, id: string): string => `${typeName}:${id}`;

/**
 * Some of a type, of answers that show too many to name each. Who tells of one document without knowing its tenant, as
 * operators do, names it too; others name `any:`.
 */
export const someTag = (typeName: string): string => entityTag(typeName, "*");

/** Every list of documents of a model: some were added or removed. */
export const listTag = (tenantId: string, model: string): string => `list:${tenantId}:${model}`;

/** Lists that are filtered or sorted by a field. */
export const fieldTag = (tenantId: string, model: string, field: string): string =>
  `list:${tenantId}:${model}.${field}`;

/** Whatever was read in a way that does not tell which documents count. */
export const anyTag = (tenantId: string, model: string): string => `any:${tenantId}:${model}`;

/**
 * Everything that has read a model in whatever way. Every read carries it, and only such a write tells it of which nobody
 * can say which documents it changed, for example `updateMany` by a condition.
 */
export const modelTag = (tenantId: string, model: string): string => `model:${tenantId}:${model}`;

/** A tag that a schema declares with `@cacheTag`, or an answer names itself. */
export const declaredTag = (subgraph: string, tag: string): string => `key:${subgraph}:${tag}`;
