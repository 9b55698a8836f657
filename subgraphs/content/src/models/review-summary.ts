import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";
import { type RatingSummary } from "../rating-summary.ts";

/** Approved reviews of a product in numbers, kept beside them so that a list of products costs one read. */
export interface ReviewSummaryDocument extends BaseDocument, WithOutbox, RatingSummary {
  productId: Types.ObjectId;
}

export const reviewSummarySchema = defineSchema<ReviewSummaryDocument>({
  productId: { type: Schema.Types.ObjectId, required: true, dataClass: "public" },
  count: { type: Number, required: true, min: 0, default: 0, dataClass: "public" },
  sum: { type: Number, required: true, min: 0, default: 0, dataClass: "public" },
  ratingCounts: {
    type: [{ type: Number, min: 0 }],
    required: true,
    maxItems: 5,
    default: [0, 0, 0, 0, 0],
    dataClass: "public",
  },
  ...outboxFields,
});

reviewSummarySchema.index({ tenantId: 1, productId: 1 }, { unique: true });
reviewSummarySchema.index(...outboxIndex);
