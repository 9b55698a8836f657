import { type BaseDocument, defineSchema, embedded, moneySchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { type StoredMoney } from "@tradegraph/kit/money";
import { Schema, type Types } from "mongoose";
import { type StoredPostAs } from "../enums.ts";

export interface PriceTier {
  minimumQuantity: number;
  /** Minor units in the product's currency. */
  amount: number;
}

export interface ProductDocument extends BaseDocument, WithOutbox {
  sku: string;
  name: string;
  /** Lower-cased name: DocumentDB has no collation. */
  nameSort: string;
  description?: string;
  brand?: string;
  categoryId: Types.ObjectId;
  /** Slug of the category, as S0 and S3 index it. */
  category: string;
  /** The category and all above it, for "in or below". */
  categoryPath: Types.ObjectId[];
  price: StoredMoney;
  originalPrice?: StoredMoney;
  tiers: PriceTier[];
  moq: number;
  increment: number;
  maxQuantity?: number;
  supplierId: Types.ObjectId;
  images: string[];
  unit: string;
  qualityGrade?: string;
  certifications: string[];
  leadTime?: number;
  postAs: StoredPostAs;
  attributes: { key: string; value: string }[];
  tags: string[];
  origin?: { marketplace: string; externalId: string; url?: string; ingestedAt: Date };
  /** Flag for the partial index, true when `origin` is set. */
  hasOrigin: boolean;
  /** Units free to sell as inventory last said; the truth is in `inventory`. */
  stock: number;
  /** True when the least order quantity is free to sell, as `StockLevel.isInStock` says. */
  inStock: boolean;
  isActive: boolean;
}

export const productSchema = defineSchema<ProductDocument>({
  sku: { type: String, required: true, maxlength: 64, dataClass: "public" },
  name: { type: String, required: true, maxlength: 200, dataClass: "public" },
  nameSort: { type: String, required: true, maxlength: 200, dataClass: "public" },
  description: { type: String, maxlength: 10_000, dataClass: "public" },
  brand: { type: String, maxlength: 100, dataClass: "public" },
  categoryId: { type: Schema.Types.ObjectId, required: true, dataClass: "public" },
  category: { type: String, required: true, maxlength: 100, dataClass: "public" },
  categoryPath: { type: [Schema.Types.ObjectId], required: true, maxItems: 10, dataClass: "public" },
  price: { type: moneySchema, required: true, dataClass: "public" },
  originalPrice: { type: moneySchema, dataClass: "public" },
  tiers: {
    type: [
      embedded({
        minimumQuantity: { type: Number, required: true, min: 1, dataClass: "public" },
        amount: { type: Number, required: true, min: 0, dataClass: "public" },
      }),
    ],
    required: true,
    maxItems: 10,
  },
  moq: { type: Number, required: true, min: 1, dataClass: "public" },
  increment: { type: Number, required: true, min: 1, default: 1, dataClass: "public" },
  maxQuantity: { type: Number, min: 1, dataClass: "public" },
  supplierId: { type: Schema.Types.ObjectId, required: true, dataClass: "public" },
  images: { type: [{ type: String, maxlength: 2_000 }], required: true, maxItems: 20, dataClass: "public" },
  unit: { type: String, required: true, maxlength: 20, dataClass: "public" },
  qualityGrade: { type: String, maxlength: 20, dataClass: "public" },
  certifications: { type: [{ type: String, maxlength: 100 }], required: true, maxItems: 20, dataClass: "public" },
  leadTime: { type: Number, min: 0, max: 3650, dataClass: "public" },
  postAs: { type: String, required: true, enum: ["buyer", "seller"], dataClass: "public" },
  attributes: {
    type: [
      embedded({
        key: { type: String, required: true, maxlength: 50, dataClass: "public" },
        value: { type: String, required: true, maxlength: 500, dataClass: "public" },
      }),
    ],
    required: true,
    maxItems: 50,
  },
  tags: { type: [{ type: String, maxlength: 50 }], required: true, maxItems: 20, dataClass: "public" },
  origin: {
    type: embedded({
      marketplace: { type: String, required: true, maxlength: 50, dataClass: "public" },
      externalId: { type: String, required: true, maxlength: 100, dataClass: "public" },
      url: { type: String, maxlength: 2_000, dataClass: "public" },
      ingestedAt: { type: Date, required: true, dataClass: "public" },
    }),
  },
  hasOrigin: { type: Boolean, required: true, default: false, dataClass: "internal" },
  stock: { type: Number, required: true, min: 0, default: 0, dataClass: "public" },
  inStock: { type: Boolean, required: true, default: false, dataClass: "public" },
  isActive: { type: Boolean, required: true, default: true, dataClass: "public" },
  ...outboxFields,
});

productSchema.index({ tenantId: 1, sku: 1 }, { unique: true });
// One index for each sort, alone, within a category and within a supplier's range: pages are read in index order, never
// sorted in memory.
productSchema.index({ tenantId: 1, isActive: 1, nameSort: 1, _id: 1 });
productSchema.index({ tenantId: 1, isActive: 1, "price.amount": 1, _id: 1 });
productSchema.index({ tenantId: 1, isActive: 1, createdAt: 1, _id: 1 });
productSchema.index({ tenantId: 1, isActive: 1, updatedAt: 1, _id: 1 });
productSchema.index({ tenantId: 1, categoryPath: 1, isActive: 1, nameSort: 1, _id: 1 });
productSchema.index({ tenantId: 1, categoryPath: 1, isActive: 1, "price.amount": 1, _id: 1 });
productSchema.index({ tenantId: 1, categoryPath: 1, isActive: 1, createdAt: 1, _id: 1 });
productSchema.index({ tenantId: 1, categoryPath: 1, isActive: 1, updatedAt: 1, _id: 1 });
productSchema.index({ tenantId: 1, supplierId: 1, isActive: 1, nameSort: 1, _id: 1 });
productSchema.index({ tenantId: 1, supplierId: 1, isActive: 1, "price.amount": 1, _id: 1 });
productSchema.index({ tenantId: 1, supplierId: 1, isActive: 1, createdAt: 1, _id: 1 });
productSchema.index({ tenantId: 1, supplierId: 1, isActive: 1, updatedAt: 1, _id: 1 });
productSchema.index(
  { tenantId: 1, "origin.marketplace": 1, "origin.externalId": 1 },
  { unique: true, partialFilterExpression: { hasOrigin: true } },
);
productSchema.index(
  { tenantId: 1, name: "text", brand: "text", description: "text" },
  { name: "text_search_index", weights: { name: 10, brand: 5, description: 1 }, default_language: "english" },
);
// Asked for by the source documents (IDX-2); the usage report tells whether anything needs them.
productSchema.index({ category: 1 });
productSchema.index({ "price.amount": 1 });
productSchema.index({ supplierId: 1 });
productSchema.index({ isActive: 1 });
productSchema.index({ postAs: 1 });
productSchema.index({ category: 1, "price.amount": 1 });
productSchema.index({ "origin.marketplace": 1 });
productSchema.index({ updatedAt: -1 });
productSchema.index(...outboxIndex);
