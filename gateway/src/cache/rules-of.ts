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
    watched: env.RESPONSE_CACHE_WATCHED,
    ttlOverrides: Object.fromEntries([
      ...times(searches, env.CACHE_SEARCH_TTL),
      ...times(products, env.CACHE_PRODUCT_TTL),
    ]),
    debug: env.RESPONSE_CACHE_DEBUG,
    tagHeader: tagHeaderOf(env.RESPONSE_CACHE_TAG_HEADER),
  };
}

/** Fastly puts spaces between tags, everybody else commas. */
const tagHeaderOf = (name: string | undefined) =>
  name === undefined ? undefined : { name, delimiter: name.toLowerCase() === "surrogate-key" ? " " : "," };
