import { pageLimit } from "@tradegraph/kit/pagination";
import { type QueryResolvers } from "../generated/resolvers.ts";
import { findNode } from "../queries/find-node.ts";
import { listHeroSlides } from "../queries/list-hero-slides.ts";
import { listReviews } from "../queries/list-reviews.ts";

export const Query: QueryResolvers = {
  heroSlides: (_, { activeOnly }, { models, viewer }) => listHeroSlides(models, viewer, activeOnly ?? true),
  page: (_, { slug }, { loaders }) => loaders.pageBySlug.load(slug),
  reviews: (_, args, { models, nested }, info) => listReviews(models, args, pageLimit(info), nested),
  node: (_, { id }, { loaders }) => findNode(loaders, id),
};
