import { type CacheRules } from "@tradegraph/kit/cache-rules";

/** What buyers see. Idempotency keys, counters and what is being spent at this moment are nobody's answer. */
export const cacheRules = { Cart: {}, Order: {}, Payment: {}, Quote: {} } satisfies CacheRules;
