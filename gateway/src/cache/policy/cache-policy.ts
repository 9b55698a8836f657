// What the schema allows to keep of a fetch: compiled from the SDL of all subgraphs into `policy.json` by `pnpm generate`,
// and read for each operation that the planner sends to a subgraph.

/** What an answer may depend on besides tenant and arguments. */
export const cacheDimensions = ["COMPANY"] as const;
export type CacheDimension = (typeof cacheDimensions)[number];

/** Callers who see more than everybody; what they ask is asked as themselves and not kept. */
export const cacheAudiences = ["SIGNED_IN", "STAFF", "SUPPLIER", "PARTNER"] as const;
export type CacheAudience = (typeof cacheAudiences)[number];

/** Conditions under which one answer may be kept. Parts of an answer together have the strictest of each. */
export interface CachePolicy {
  /** Seconds; 0 keeps nothing. */
  maxAge: number;
  /** PRIVATE answers are kept for one session. */
  scope: "PUBLIC" | "PRIVATE";
  /** In alphabetical order. */
  vary: readonly CacheDimension[];
  /** In alphabetical order. */
  bypass: readonly CacheAudience[];
  /** Seconds after `maxAge` in which the answer is shown while a new one is fetched (stale-while-revalidate). */
  swr: number;
  /** Seconds after `maxAge` in which the answer is shown if no new one can be had (stale-if-error). */
  sie: number;
  /** Seconds for which a null is kept; at most `maxAge`. */
  negative: number;
}

/** One root field of an operation for a subgraph. With `maxAge` 0 it is not kept, others beside it may be. */
export interface RootPart {
  /** Not in the data where `@skip` or `@include` leaves it out. */
  responseName: string;
  /** Field of `Query` that it asks for; clients choose response names. */
  fieldName: string;
  policy: CachePolicy;
  /** Object types that it selects, the query type among them, for `type:` tags; in alphabetical order. */
  types: readonly string[];
  /** Tags that `@cacheTag` declares, with the field's arguments filled in; whole, as cache-tags.ts has them. */
  tagsOf: (variables: Readonly<Record<string, unknown>>) => string[];
  /** The same operation with this root field alone, without a name. */
  document: string;
  /** Variables that it uses, in alphabetical order. */
  variables: readonly string[];
}

/** What is fetched of one entity type by `_entities`. */
export interface EntityPart {
  typeName: string;
  policy: CachePolicy;
  types: readonly string[];
  /** Tags that `@cacheTag` declares, with the representation's key filled in; whole, as cache-tags.ts has them. */
  tagsOf: (representation: Readonly<Record<string, unknown>>) => string[];
}

export type FetchPolicy =
  | { kind: "none" }
  | {
      kind: "roots";
      parts: readonly RootPart[];
      /** The operation with these root fields only. */
      documentOf: (responseNames: readonly string[]) => string;
    }
  | {
      kind: "entities";
      /** Without an operation name. */
      document: string;
      /** Response name of `_entities`. */
      responseName: string;
      /** Name of the variable with the representations. */
      representations: string;
      /** Other variables, in alphabetical order. */
      variables: readonly string[];
      /** Types that are not in it are not kept. */
      byType: ReadonlyMap<string, EntityPart>;
    };

/** The policies of one subgraph. */
export interface SubgraphCachePolicy {
  subgraph: string;
  /** SHA-256 of its SDL: a new schema begins with an empty cache. */
  schemaHash: string;
  /** Reads an operation that the planner made; remembered by its text. Mutations and anything unknown are `none`. */
  policyOf: (operation: string) => FetchPolicy;
}
