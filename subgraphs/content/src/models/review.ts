import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";
import { storedReviewStatuses, type StoredReviewStatus } from "../enums.ts";

export interface ReviewDocument extends BaseDocument, WithOutbox {
  productId: Types.ObjectId;
  authorId: Types.ObjectId;
  rating: number;
  title?: string;
  body?: string;
  /** The author has received the product. */
  verifiedPurchase: boolean;
  status: StoredReviewStatus;
}

export const reviewSchema = defineSchema<ReviewDocument>({
  productId: { type: Schema.Types.ObjectId, required: true, dataClass: "public" },
  authorId: { type: Schema.Types.ObjectId, required: true, dataClass: "public", personal: true },
  rating: { type: Number, required: true, enum: [1, 2, 3, 4, 5], dataClass: "public" },
  title: { type: String, maxlength: 200, dataClass: "public", personal: true },
  body: { type: String, maxlength: 10_000, dataClass: "public", personal: true },
  verifiedPurchase: { type: Boolean, required: true, default: false, dataClass: "public" },
  status: { type: String, required: true, enum: [...storedReviewStatuses], default: "pending", dataClass: "internal" },
  ...outboxFields,
});

// One index for each sort: pages are read in index order, never sorted in memory.
reviewSchema.index({ tenantId: 1, productId: 1, status: 1, createdAt: 1, _id: 1 });
reviewSchema.index({ tenantId: 1, productId: 1, status: 1, rating: 1, _id: 1 });
// One review of a product by one author.
reviewSchema.index({ tenantId: 1, productId: 1, authorId: 1 }, { unique: true });
// Everything that a person has written, for export and erasure.
reviewSchema.index({ tenantId: 1, authorId: 1, _id: 1 });
reviewSchema.index(...outboxIndex);
