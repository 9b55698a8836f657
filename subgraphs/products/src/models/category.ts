import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";

export interface CategoryDocument extends BaseDocument, WithOutbox {
  name: string;
  slug: string;
  description?: string;
  /** null at the top, never missing, so that the index finds it. */
  parentId: Types.ObjectId | null;
  /** From the top down to the parent. */
  ancestors: Types.ObjectId[];
  image?: string;
  sortOrder: number;
  isActive: boolean;
  metaTitle?: string;
  metaDescription?: string;
}

export const categorySchema = defineSchema<CategoryDocument>({
  name: { type: String, required: true, maxlength: 100, dataClass: "public" },
  slug: { type: String, required: true, maxlength: 100, match: /^[a-z0-9-]+$/, dataClass: "public" },
  description: { type: String, maxlength: 2_000, dataClass: "public" },
  parentId: { type: Schema.Types.ObjectId, default: null, dataClass: "public" },
  ancestors: { type: [Schema.Types.ObjectId], required: true, maxItems: 10, dataClass: "public" },
  image: { type: String, maxlength: 2_000, dataClass: "public" },
  sortOrder: { type: Number, required: true, default: 0, dataClass: "public" },
  isActive: { type: Boolean, required: true, default: true, dataClass: "public" },
  metaTitle: { type: String, maxlength: 200, dataClass: "public" },
  metaDescription: { type: String, maxlength: 500, dataClass: "public" },
  ...outboxFields,
});

categorySchema.index({ tenantId: 1, slug: 1 }, { unique: true });
categorySchema.index({ tenantId: 1, parentId: 1, isActive: 1, sortOrder: 1, _id: 1 });
categorySchema.index({ tenantId: 1, ancestors: 1 });
categorySchema.index(...outboxIndex);
