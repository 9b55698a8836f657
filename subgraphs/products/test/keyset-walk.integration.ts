// Every connection of this subgraph, in every order, walked page by page while documents come and go.
import { describeKeysetWalks } from "@tradegraph/testkit/keyset-walk";
import { afterAll, beforeAll } from "vitest";
import { createSchema } from "../src/schema.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";
import { collections, walks } from "./walks.ts";

let products: StartedProducts;

beforeAll(async () => {
  products = await startProducts();
});

afterAll(() => products.stop());

describeKeysetWalks({
  schema: createSchema(),
  subgraph: () => products,
  collections: {
    products: { ...collections.products, model: () => products.models.Product },
    categories: { ...collections.categories, model: () => products.models.Category },
    priceLists: { ...collections.priceLists, model: () => products.models.PriceList },
    entries: { ...collections.entries, model: () => products.models.PriceListEntry },
  },
  walks,
  refused: {
    "Category.products by RELEVANCE ASC": "needs search words, which the field does not take",
    "Category.products by RELEVANCE DESC": "the same",
  },
});
