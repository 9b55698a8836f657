import { type CacheRules } from "@tradegraph/kit/cache-rules";

/** Everything that the catalogue shows. */
export const cacheRules = {
  Category: {},
  Inventory: {},
  PriceList: {},
  PriceListEntry: {},
  Product: { textFields: ["name", "brand", "description"] },
  Store: {},
} satisfies CacheRules;
