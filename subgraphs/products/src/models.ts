import { withCacheRules } from "@tradegraph/kit/cache-rules";
import { systemSchemas } from "@tradegraph/kit/system-models";
import { type Connection } from "mongoose";
import { cacheRules } from "./cache-rules.ts";
import { type CategoryDocument, categorySchema } from "./models/category.ts";
import { type InventoryDocument, inventorySchema } from "./models/inventory.ts";
import {
  type PriceListDocument,
  type PriceListEntryDocument,
  priceListEntrySchema,
  priceListSchema,
} from "./models/price-list.ts";
import { type ProductDocument, productSchema } from "./models/product.ts";
import { type StoreDocument, storeSchema } from "./models/store.ts";

/** Schemas by collection: migrations and the walking tests read this list. */
export const schemas = {
  ...systemSchemas,
  categories: categorySchema,
  inventory: inventorySchema,
  priceListEntries: priceListEntrySchema,
  priceLists: priceListSchema,
  products: productSchema,
  stores: storeSchema,
};

/** Models bound to a connection; each program, and each test, has its own. */
export const createModels = (connection: Connection) =>
  withCacheRules(cacheRules, {
    Category: connection.model<CategoryDocument>("Category", categorySchema, "categories"),
    Inventory: connection.model<InventoryDocument>("Inventory", inventorySchema, "inventory"),
    PriceList: connection.model<PriceListDocument>("PriceList", priceListSchema, "priceLists"),
    PriceListEntry: connection.model<PriceListEntryDocument>(
      "PriceListEntry",
      priceListEntrySchema,
      "priceListEntries",
    ),
    Product: connection.model<ProductDocument>("Product", productSchema, "products"),
    Store: connection.model<StoreDocument>("Store", storeSchema, "stores"),
  });

export type Models = ReturnType<typeof createModels>;
