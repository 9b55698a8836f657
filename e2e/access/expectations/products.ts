// Who sees and does what in products: rulings 5, 12 and 13, the descriptions in the schema, and nothing read from the
// code. Catalogue, list prices, stores and stock levels are public.
import { onlyFor, open, reservedFor, type SubgraphExpectations } from "../expectation.ts";

/** By a program that reserves stock; of another tenant there is nothing to reserve. */
const stock = { about: "reservation", ...reservedFor("serviceStock") } as const;

export const products: SubgraphExpectations = {
  operations: {
    "Query.product(id)": { about: "product", ...open },
    "Query.product(sku)": { about: "product", ...open },
    "Query.products": { about: "product", ...open },
    "Query.category(id)": { about: "category", ...open },
    "Query.category(slug)": { about: "category", ...open },
    "Query.categories": { about: "category", ...open },
    "Query.storesNear": { about: "store", ...open },
    "Query.priceLists": { about: "priceList", ...reservedFor("admin staffCatalogue") },
    "Query.productOffers": { about: "product", ...reservedFor("serviceStock") },
    "Mutation.stockReserve": stock,
    "Mutation.stockConfirm": stock,
    "Mutation.stockRelease": stock,
  },
  entities: {
    Product: {
      about: "product",
      ...open,
      fields: { inventory: { sees: { "admin staffCatalogue": "all", supplier: "own" } } },
    },
    Category: { about: "category", ...open },
    Store: { about: "store", ...open },
    Inventory: { about: "inventory", sees: { "admin staffCatalogue": "all", supplier: "own" }, rest: "nothing" },
    PriceList: { about: "priceList", ...onlyFor("admin staffCatalogue") },
    User: {
      about: "user",
      isStub: true,
      sees: { everybody: "own company child parent otherCompany other otherTenant" },
      fields: { suppliedProducts: open },
    },
    // Prices and stock of a product, which are public; whose cart it is in does not matter here.
    CartLine: {
      about: "cartLine",
      isStub: true,
      sees: { everybody: "own company child parent otherCompany other otherTenant" },
      fields: { currentUnitPrice: open, availability: open },
    },
  },
};
