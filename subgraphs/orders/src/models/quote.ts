import { type BaseDocument, defineSchema, embedded, moneySchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { type StoredMoney } from "@tradegraph/kit/money";
import { Schema, type Types } from "mongoose";
import { quoteStatuses, type StoredQuoteStatus } from "../enums.ts";

export interface QuoteLineDocument {
  _id: Types.ObjectId;
  productId: Types.ObjectId;
  quantity: number;
  /** Absent until answered. */
  offeredPrice?: StoredMoney;
}

export interface QuoteMessageDocument {
  authorId: Types.ObjectId;
  body: string;
  at: Date;
}

/** A request for a price, and the answer. */
export interface QuoteDocument extends BaseDocument, WithOutbox {
  number: string;
  status: StoredQuoteStatus;
  customerId: Types.ObjectId;
  companyId?: Types.ObjectId;
  lines: QuoteLineDocument[];
  /** Sum of the offered prices, absent until answered. */
  total?: StoredMoney;
  messages: QuoteMessageDocument[];
  validUntil?: Date;
}

export const quoteSchema = defineSchema<QuoteDocument>({
  number: { type: String, required: true, maxlength: 32, dataClass: "confidential" },
  status: { type: String, required: true, enum: quoteStatuses, dataClass: "confidential" },
  customerId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  companyId: { type: Schema.Types.ObjectId, dataClass: "internal" },
  lines: {
    type: [
      embedded({
        _id: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
        productId: { type: Schema.Types.ObjectId, required: true, dataClass: "confidential" },
        quantity: { type: Number, required: true, min: 1, max: 1_000_000, dataClass: "confidential" },
        offeredPrice: { type: moneySchema, dataClass: "confidential" },
      }),
    ],
    required: true,
    maxItems: 100,
  },
  total: { type: moneySchema, dataClass: "confidential" },
  messages: {
    type: [
      embedded({
        authorId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
        body: { type: String, required: true, maxlength: 2_000, dataClass: "confidential", personal: true },
        at: { type: Date, required: true, dataClass: "confidential" },
      }),
    ],
    required: true,
    maxItems: 100,
  },
  validUntil: { type: Date, dataClass: "confidential" },
  ...outboxFields,
});

quoteSchema.index({ tenantId: 1, number: 1 }, { unique: true });
quoteSchema.index({ tenantId: 1, customerId: 1, createdAt: 1, _id: 1 });
quoteSchema.index({ tenantId: 1, companyId: 1, createdAt: 1, _id: 1 });
quoteSchema.index({ tenantId: 1, createdAt: 1, _id: 1 });
// Everything that a person has written, for export and erasure.
quoteSchema.index({ tenantId: 1, "messages.authorId": 1, _id: 1 });
quoteSchema.index(...outboxIndex);
