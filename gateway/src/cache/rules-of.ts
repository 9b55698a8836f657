import { type CdnRules, cdnHeaders } from "./cdn/cdn-rules.ts";
import { type CacheRules } from "./open-cache.ts";
import { type CacheSettings } from "./settings.ts";

/** Where each of the two times counts. */
const searches = ["Query.products", "Category.products", "User.suppliedProducts"];
const products = ["products:Product"];

/** Settings as the cache takes them. */
export function rulesOf(env: CacheSettings & { REDIS_NAMESPACE: string }): CacheRules {
  const times = (places: string[], ttl: number) => places.map((place) => [place, ttl] as const);
  return {
    namespace: env.REDIS_NAMESPACE,
    memoryBytes: env.RESPONSE_CACHE_MEMORY_MIB * 1024 * 1024,
    lookupMs: env.RESPONSE_CACHE_LOOKUP_MS,
    maxRedisSeconds: env.REDIS_TTL,
    wait: env.RESPONSE_CACHE_WAIT,
    watched: env.RESPONSE_CACHE_WATCHED.filter((name) => !env.RESPONSE_CACHE_FOREIGN.includes(name)),
    foreignSubgraphs: new Set(env.RESPONSE_CACHE_FOREIGN),
    ttlOverrides: Object.fromEntries([
      ...times(searches, env.CACHE_SEARCH_TTL),
      ...times(products, env.CACHE_PRODUCT_TTL),
    ]),
    debug: env.RESPONSE_CACHE_DEBUG,
    ...cdnOf(env),
    shadow: { share: env.RESPONSE_CACHE_SHADOW_SHARE },
  };
}

/** Fastly puts spaces between tags, everybody else commas. */
const tagHeaderOf = (name: string | undefined) =>
  name === undefined ? undefined : { name, delimiter: name.toLowerCase() === "surrogate-key" ? " " : "," };

/** A CDN that is purged has headers of its own. */
function cdnOf(env: CacheSettings): Pick<CacheRules, "cdn" | "tagHeader" | "cdnHeader"> {
  const { RESPONSE_CACHE_CDN: cdn, RESPONSE_CACHE_CDN_ID: id, RESPONSE_CACHE_TAG_HEADER: name } = env;
  if (cdn === "none" || id === undefined) return { tagHeader: tagHeaderOf(name) };
  const { tagHeader, cdnHeader } = cdnHeaders[cdn];
  const rules: CdnRules = {
    ...{ name: cdn, id, token: env.RESPONSE_CACHE_CDN_TOKEN, url: env.RESPONSE_CACHE_CDN_URL },
    repeatAfterMs: env.RESPONSE_CACHE_CDN_REPEAT_MS,
  };
  return { cdn: rules, tagHeader: { ...tagHeader, ...(name !== undefined && { name }) }, cdnHeader };
}
