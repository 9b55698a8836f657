// The part `cache` of schema/generated/policy.json: what the SDL of each subgraph allows to keep, compiled by
// `pnpm generate`. What is not in it is not kept.
import { z } from "zod";
import { cacheAudiences, cacheDimensions } from "./cache-policy.ts";

/** Nothing is kept longer: a day bounds every mistake in an invalidation. Seconds. */
export const longestAge = 86_400;

const seconds = z.int().min(0).max(longestAge);

/** What directives say at one place; absent means that they say nothing. */
const cacheHint = z.strictObject({
  maxAge: seconds.optional(),
  scope: z.enum(["PUBLIC", "PRIVATE"]).optional(),
  inheritMaxAge: z.literal(true).optional(),
  swr: seconds.optional(),
  sie: seconds.optional(),
  negative: seconds.optional(),
  vary: z.array(z.enum(cacheDimensions)).optional(),
  bypass: z.array(z.enum(cacheAudiences)).optional(),
  /** Formats of `@cacheTag`. */
  tags: z.array(z.string()).optional(),
});

const cachedField = cacheHint.extend({
  /** Named type, for fields with fields of their own. */
  type: z.string().optional(),
  /** Defaults of arguments that `tags` name. */
  defaults: z.record(z.string(), z.unknown()).optional(),
});

const cachedType = cacheHint.extend({
  /** Whether `_entities` gives it. */
  isEntity: z.literal(true).optional(),
  /** Fields that are as the object they are in. */
  plain: z.array(z.string()),
});

const cacheInvalidation = z.strictObject({
  tags: z.array(z.string()),
  wait: z.enum(["none", "strict"]),
  isSoft: z.boolean(),
});

const subgraphCacheManifest = z.strictObject({
  /** SHA-256 of its SDL without descriptions, hex. */
  schemaHash: z.string().regex(/^[0-9a-f]{64}$/),
  query: z.string(),
  mutation: z.string(),
  /** Object types that can be kept. */
  types: z.record(z.string(), cachedType),
  /** By `Type.field`, those that are not plain. */
  fields: z.record(z.string(), cachedField),
  /** Interfaces and unions, with hints of their own and all their object types. */
  abstract: z.record(z.string(), cacheHint.extend({ possible: z.array(z.string()) })),
  /** By name of a field of the mutation type. */
  invalidations: z.record(z.string(), z.array(cacheInvalidation)),
});

/** By name of the subgraph. */
export const cacheManifest = z.record(z.string(), subgraphCacheManifest);

export type CacheHint = z.infer<typeof cacheHint>;
export type CachedField = z.infer<typeof cachedField>;
export type CacheInvalidation = z.infer<typeof cacheInvalidation>;
export type SubgraphCacheManifest = z.infer<typeof subgraphCacheManifest>;
export type CacheManifest = z.infer<typeof cacheManifest>;
