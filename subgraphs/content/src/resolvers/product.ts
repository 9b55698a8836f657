// Fields that this subgraph adds to products.
import { pageLimit } from "@tradegraph/kit/pagination";
import { type ProductResolvers } from "../generated/resolvers.ts";
import { listReviews } from "../queries/list-reviews.ts";
import { noRatings } from "../rating-summary.ts";

export const Product: ProductResolvers = {
  // Asks nothing: whether the product exists is its owner's to say.
  __resolveReference: ({ id }) => ({ id: String(id) }),
  reviews: ({ id }, args, { models, nested }, info) =>
    listReviews(models, { ...args, productId: id }, pageLimit(info), nested),
  reviewSummary: async ({ id }, _, { loaders }) => (await loaders.summaryByProduct.load(id)) ?? noRatings,
};
