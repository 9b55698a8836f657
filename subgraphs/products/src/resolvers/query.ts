import { exactlyOne } from "@tradegraph/kit/one-of";
import { pageLimit } from "@tradegraph/kit/pagination";
import { isShown } from "../access.ts";
import { type QueryResolvers } from "../generated/resolvers.ts";
import { listCategories } from "../queries/list-categories.ts";
import { listPriceLists } from "../queries/list-price-lists.ts";
import { listProducts } from "../queries/list-products.ts";
import { productOffers } from "../queries/product-offers.ts";
import { storesNear } from "../queries/stores-near.ts";

export const Query: QueryResolvers = {
  async product(_, { by }, { loaders, viewer }) {
    const { id, sku } = exactlyOne(by);
    const product = await (id ? loaders.productById.load(id) : loaders.productBySku.load(sku ?? ""));
    return product && isShown(viewer, product) ? product : null;
  },
  products: (_, args, { models }, info) => listProducts(models, args, pageLimit(info)),
  async category(_, { by }, { loaders }) {
    const { id, slug } = exactlyOne(by);
    const category = await (id ? loaders.categoryById.load(id) : loaders.categoryBySlug.load(slug ?? ""));
    return category?.isActive ? category : null;
  },
  categories: (_, args, { models }, info) => listCategories(models, args, pageLimit(info)),
  storesNear: (_, args, { models }, info) => storesNear(models, args, pageLimit(info)),
  priceLists: (_, args, { models }, info) => listPriceLists(models, args, pageLimit(info)),
  productOffers: (_, { lines }, { loaders }) => productOffers(loaders, lines),
};
