import { type BaseDocument, defineSchema, moneySchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { type StoredMoney } from "@tradegraph/kit/money";
import { Schema, type Types } from "mongoose";

/** Prices agreed with some companies. */
export interface PriceListDocument extends BaseDocument, WithOutbox {
  name: string;
  priority: number;
  companyIds: Types.ObjectId[];
}

export const priceListSchema = defineSchema<PriceListDocument>({
  name: { type: String, required: true, maxlength: 100, dataClass: "confidential" },
  priority: { type: Number, required: true, default: 0, dataClass: "confidential" },
  companyIds: { type: [Schema.Types.ObjectId], required: true, maxItems: 100, dataClass: "confidential" },
  ...outboxFields,
});

priceListSchema.index({ tenantId: 1, priority: -1, _id: -1 });
priceListSchema.index({ tenantId: 1, companyIds: 1, priority: -1 });
priceListSchema.index(...outboxIndex);

export interface PriceListEntryDocument extends BaseDocument, WithOutbox {
  priceListId: Types.ObjectId;
  productId: Types.ObjectId;
  minimumQuantity: number;
  price: StoredMoney;
}

export const priceListEntrySchema = defineSchema<PriceListEntryDocument>({
  priceListId: { type: Schema.Types.ObjectId, required: true, dataClass: "confidential" },
  productId: { type: Schema.Types.ObjectId, required: true, dataClass: "confidential" },
  minimumQuantity: { type: Number, required: true, min: 1, dataClass: "confidential" },
  price: { type: moneySchema, required: true, dataClass: "confidential" },
  ...outboxFields,
});

priceListEntrySchema.index({ tenantId: 1, priceListId: 1, productId: 1, minimumQuantity: 1 }, { unique: true });
priceListEntrySchema.index({ tenantId: 1, priceListId: 1, _id: 1 });
priceListEntrySchema.index(...outboxIndex);
