import { LRUCache } from "lru-cache";
import { type CacheHint, type CacheManifest, longestAge, type SubgraphCacheManifest } from "./cache-manifest.ts";
import { type FetchPolicy, type SubgraphCachePolicy } from "./cache-policy.ts";
import { entityPolicy } from "./entity-policy.ts";
import { readOperation } from "./operation-document.ts";
import { rootPolicy } from "./root-policy.ts";
import { type CacheSchema, createCacheSchema } from "./selection-policy.ts";

/** What was read of operations: as many as an application has, and about 8 MiB. */
const memory = { max: 5_000, maxSize: 8 * 1024 * 1024 };

/** Objects and trees beside the texts: 8 to 23 bytes for each of their letters (measured). */
const overhead = 20;

/**
 * Seconds by `Type` or `Type.field`, instead of the `maxAge` that the schema says: in all subgraphs, or in the one that
 * stands before a colon.
 *
 * @example { "Query.products": 60, "products:Product": 600 }
 */
export type TtlOverrides = Readonly<Record<string, number>>;

/**
 * What each subgraph allows to keep, by its name.
 *
 * @param ttlOverrides settings; they count for what has a `maxAge` in the schema, which somebody has thought through,
 *   and are left out where a graph has no such thing
 * @throws Error for an override that is no number of seconds up to a day
 */
export function createSubgraphCachePolicies(
  manifest: CacheManifest,
  ttlOverrides: TtlOverrides = {},
): ReadonlyMap<string, SubgraphCachePolicy> {
  const overridden = withOverrides(manifest, ttlOverrides);
  return new Map(
    Object.entries(overridden).map(([subgraph, part]) => [subgraph, createSubgraphCachePolicy(subgraph, part)]),
  );
}

function createSubgraphCachePolicy(subgraph: string, manifest: SubgraphCacheManifest): SubgraphCachePolicy {
  const schema = createCacheSchema(manifest);
  const known = new LRUCache<string, FetchPolicy>({
    ...memory,
    sizeCalculation: (policy, text) => overhead * (text.length + documentsLength(policy)) + 1,
  });
  return {
    subgraph,
    schemaHash: manifest.schemaHash,
    policyOf(operation) {
      const found = known.get(operation);
      if (found) return found;
      const policy = readPolicy(subgraph, schema, operation);
      known.set(operation, policy);
      return policy;
    },
  };
}

function readPolicy(subgraph: string, schema: CacheSchema, text: string): FetchPolicy {
  try {
    const read = readOperation(text);
    if (!read) return { kind: "none" };
    const isEntities = [...read.roots.values()].some(([node]) => node?.name.value === "_entities");
    return (isEntities ? entityPolicy : rootPolicy)(subgraph, schema, read);
  } catch {
    // Not understood, so not kept; the subgraph will say what is wrong with it.
    return { kind: "none" };
  }
}

function documentsLength(policy: FetchPolicy): number {
  if (policy.kind === "none") return 0;
  if (policy.kind === "entities") return policy.document.length;
  return policy.parts.reduce((sum, { document }) => sum + document.length, 0);
}

function withOverrides(manifest: CacheManifest, ttlOverrides: TtlOverrides): CacheManifest {
  const changed = structuredClone(manifest);
  for (const [name, maxAge] of Object.entries(ttlOverrides)) {
    if (!Number.isInteger(maxAge) || maxAge < 0 || maxAge > longestAge)
      throw new Error(`The cache time of ${name} must be 0 to ${longestAge} seconds.`);
    for (const place of agedPlaces(changed, name)) place.maxAge = maxAge;
  }
  return changed;
}

/** Where the manifest gives this type or field a maxAge. @param name as in {@link TtlOverrides} */
export function agedPlaces(manifest: CacheManifest, name: string): CacheHint[] {
  const [coordinate = "", subgraph] = name.split(":").reverse();
  return Object.entries(manifest)
    .filter(([one]) => subgraph === undefined || one === subgraph)
    .flatMap(([, { types, fields, abstract }]) =>
      [types, fields, abstract].flatMap((record) =>
        Object.hasOwn(record, coordinate) ? (record[coordinate] ?? []) : [],
      ),
    )
    .filter((place) => place.maxAge !== undefined);
}
