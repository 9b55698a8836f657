import { pageLimit } from "@tradegraph/kit/pagination";
import { type QueryResolvers } from "../generated/resolvers.ts";
import { listCategories } from "../queries/list-categories.ts";
import { listPriceLists } from "../queries/list-price-lists.ts";
import { listProducts } from "../queries/list-products.ts";
import { productOffers } from "../queries/product-offers.ts";
import { storesNear } from "../queries/stores-near.ts";
import { exactlyOne } from "@tradegraph/kit/one-of";

export const Query: QueryResolvers = {
  async product(_, { by }, { loaders }) {
    const { id, sku } = exactlyOne(by);
    const product = id == null ? await loaders.productBySku.load(sku ?? "") : await loaders.productById.load(id);
    return product?.isActive ? product : null;
  },
  products: (_, args, { models }, info) => listProducts(models, args, pageLimit(info)),
  category(_, { by }, { loaders }) {
    const { id, slug } = exactlyOne(by);
    return id == null ? loaders.categoryBySlug.load(slug ?? "") : loaders.categoryById.load(id);
  },
  categories: (_, args, { models }, info) => listCategories(models, args, pageLimit(info)),
  storesNear: (_, args, { models }, info) => storesNear(models, args, pageLimit(info)),
  priceLists: (_, args, { models }, info) => listPriceLists(models, args, pageLimit(info)),
  productOffers: (_, { lines }, { loaders }) => productOffers(loaders, lines),
};
