import { type CacheRules } from "@tradegraph/kit/cache-rules";

/** Everything that this subgraph shows. */
export const cacheRules = { HeroSlide: {}, Page: {}, Review: {}, ReviewSummary: {} } satisfies CacheRules;
