// All that a span may say. Whatever is not on this list does not compile: no address of a person, no value of a query, no
// key and no path that a stranger made up can get into a trace by habit. Names are those of OpenTelemetry's semantic
// conventions, as text, because a program without traces loads no library; a test holds the list against theirs.

/** Of the conventions. */
export const conventionalAttributes = [
  "db.collection.name",
  "db.namespace",
  "db.operation.name",
  "db.response.status_code",
  "db.system.name",
  "error.type",
  "graphql.operation.name",
  "graphql.operation.type",
  "http.request.method",
  "http.response.status_code",
  "http.route",
  "server.address",
  "server.port",
  "service.peer.name",
  "url.full",
  "url.path",
  "url.scheme",
] as const;

/** Ours, for what the conventions do not know. */
export const ownAttributes = [
  /** Codes of the errors in an answer, joined by commas. */
  "graphql.error.codes",
  /** `response` for whole answers, `subgraph` for parts of them. */
  "response_cache.level",
  /** `hit`, `miss`, `stale`; `partial` where only some of the parts were found. */
  "response_cache.result",
  /** Where a hit lay: `memory` or `redis`. */
  "response_cache.tier",
  /** Parts that were looked for, and found. */
  "response_cache.parts",
  "response_cache.parts_found",
  "tradegraph.tenant",
] as const;

export type AttributeName = (typeof conventionalAttributes)[number] | (typeof ownAttributes)[number];

export type Attributes = Partial<Record<AttributeName, string | number>>;
