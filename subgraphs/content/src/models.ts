import { withCacheRules } from "@tradegraph/kit/cache-rules";
import { systemSchemas } from "@tradegraph/kit/system-models";
import { type Connection } from "mongoose";
import { cacheRules } from "./cache-rules.ts";
import { type HeroSlideDocument, heroSlideSchema } from "./models/hero-slide.ts";
import { type PageDocument, pageSchema } from "./models/page.ts";
import { type ReviewDocument, reviewSchema } from "./models/review.ts";
import { type ReviewSummaryDocument, reviewSummarySchema } from "./models/review-summary.ts";

/** Schemas by collection: migrations and the walking tests read this list. */
export const schemas = {
  ...systemSchemas,
  heroSlides: heroSlideSchema,
  pages: pageSchema,
  reviews: reviewSchema,
  reviewSummaries: reviewSummarySchema,
};

/** Models bound to a connection; each program, and each test, has its own. */
export const createModels = (connection: Connection) =>
  withCacheRules(cacheRules, {
    HeroSlide: connection.model<HeroSlideDocument>("HeroSlide", heroSlideSchema, "heroSlides"),
    Page: connection.model<PageDocument>("Page", pageSchema, "pages"),
    Review: connection.model<ReviewDocument>("Review", reviewSchema, "reviews"),
    ReviewSummary: connection.model<ReviewSummaryDocument>("ReviewSummary", reviewSummarySchema, "reviewSummaries"),
  });

export type Models = ReturnType<typeof createModels>;
