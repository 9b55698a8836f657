// A data source that keeps what a subgraph answers, as far as the schema allows, and forgets what mutations change.
import { type GraphQLDataSource } from "@apollo/gateway";
import { type ClientFetch, overallPolicyOf, passOn, scopeOf, shownAnswer } from "../../data-source.ts";
import { newCacheUse } from "./cache-use.ts";
import { type CachingOptions } from "./caching-options.ts";
import { answerEntities } from "./entity-fetch.ts";
import { answerMutation } from "./mutation-invalidation.ts";
import { answerRoots } from "./root-fetch.ts";

/** @returns undefined when nothing of the fetch may be kept for its caller, nor be asked for others too */
function answerKept(options: CachingOptions, fetch: ClientFetch) {
  // What a mutation shows of other subgraphs is as new as can be.
  const isQuery = fetch.incomingRequestContext.operation.operation === "query";
  const { cancelled, cacheDirectives } = scopeOf(fetch);
  if (!isQuery || cancelled || cacheDirectives?.noStore) return undefined;
  if (cacheDirectives?.noCache && options.log.position() === undefined) return undefined;
  const policy = options.policy.policyOf(fetch.request.query ?? "");
  if (policy.kind === "roots") return answerRoots(options, fetch, policy);
  if (policy.kind === "entities") return answerEntities(options, fetch, policy);
  return undefined;
}

/** Wraps what asks one subgraph; see CachingOptions. */
export function createCachingDataSource(options: CachingOptions): GraphQLDataSource {
  return {
    async process(fetch) {
      if (!("incomingRequestContext" in fetch)) throw new Error("The gateway asks subgraphs only for a client.");
      const kept = await answerKept(options, fetch);
      if (kept) return kept;
      (scopeOf(fetch).cacheUse ??= newCacheUse()).isUncacheable = true;
      // Asked as the caller, so nobody else may be shown it, whatever the subgraph's header says.
      overallPolicyOf(fetch)?.restrict({ maxAge: 0 });
      const isMutation = fetch.incomingRequestContext.operation.operation === "mutation";
      return shownAnswer(await (isMutation ? answerMutation(options, fetch) : passOn(options.origin, fetch)));
    },
  };
}
