import { toNodeId } from "@tradegraph/kit/node-id";
import { type ReviewResolvers, type ReviewSummaryResolvers } from "../generated/resolvers.ts";
import { averageRating } from "../rating-summary.ts";

export const Review: ReviewResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.reviewById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Review", _id.toHexString()),
  product: ({ productId }) => ({ id: productId.toHexString() }),
  author: ({ authorId }) => ({ id: authorId.toHexString() }),
};

export const ReviewSummary: ReviewSummaryResolvers = {
  averageRating: (summary) => averageRating(summary),
};
