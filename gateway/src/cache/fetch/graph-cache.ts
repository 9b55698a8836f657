// The response cache of one generation of the graph: what is shared by all generations, with the policies of this one.
import { type GraphQLDataSource } from "@apollo/gateway";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type Origin } from "../../data-source.ts";
import { type CacheManifest } from "../policy/cache-manifest.ts";
import { createCachingDataSource } from "./caching-data-source.ts";
import { type CachingOptions } from "./caching-options.ts";
import { createQuestionTurns } from "./question-turns.ts";
import { createMutationInvalidation } from "../policy/mutation-policy.ts";
import { createSubgraphCachePolicies, type TtlOverrides } from "../policy/subgraph-cache-policies.ts";

/** Shared by all subgraphs and generations. */
export interface GraphCache extends Omit<
  CachingOptions,
  "origin" | "policy" | "turns" | "invalidationOf" | "reportsTags"
> {
  ttlOverrides?: TtlOverrides;
  /** Subgraphs that are not ours: they do not report what they read, so only the schema tells what forgets their answers. */
  foreignSubgraphs?: ReadonlySet<string>;
  /** Who may see where the parts of an answer came from. */
  mayDebug: (viewer: Viewer) => boolean;
}

/**
 * @param manifest without it nothing is kept, and mutations still tell what they change
 * @returns makes the data source of one subgraph
 * @throws Error for a `ttlOverrides` that is no number of seconds up to a day
 */
export function createCachingSources(
  cache: GraphCache,
  manifest: CacheManifest = {},
): (subgraph: string, origin: Origin) => GraphQLDataSource {
  const policies = createSubgraphCachePolicies(manifest, cache.ttlOverrides);
  const invalidationOf = createMutationInvalidation(manifest);
  return (subgraph, origin) => {
    const policy = policies.get(subgraph) ?? { subgraph, schemaHash: "", policyOf: () => ({ kind: "none" as const }) };
    const reportsTags = !cache.foreignSubgraphs?.has(subgraph);
    const turns = createQuestionTurns();
    return createCachingDataSource({ ...cache, origin, policy, turns, invalidationOf, reportsTags });
  };
}
