import { enumResolvers } from "../enums.ts";
import { type Resolvers } from "../generated/resolvers.ts";
import { HeroSlide } from "./hero-slide.ts";
import { Node } from "./node.ts";
import { Page } from "./page.ts";
import { Product } from "./product.ts";
import { Query } from "./query.ts";
import { Review, ReviewSummary } from "./review.ts";

export const resolvers: Resolvers = {
  ...enumResolvers,
  HeroSlide,
  Node,
  Page,
  Product,
  Query,
  Review,
  ReviewSummary,
};
