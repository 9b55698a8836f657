// Types that generated code binds to the graph's connections.
import { type Connection } from "@tradegraph/kit/pagination";
import { type CategoryDocument } from "./models/category.ts";
import { type PriceListDocument, type PriceListEntryDocument } from "./models/price-list.ts";
import { type ProductDocument } from "./models/product.ts";

export type CategoryPage = Connection<CategoryDocument>;
export type PriceListPage = Connection<PriceListDocument>;
export type PriceListEntryPage = Connection<PriceListEntryDocument>;
export type ProductPage = Connection<ProductDocument>;
