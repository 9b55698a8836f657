import { type BaseDocument, defineSchema, embedded, moneySchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { type StoredMoney } from "@tradegraph/kit/money";
import { Schema, type Types } from "mongoose";

export interface CartLineDocument {
  _id: Types.ObjectId;
  productId: Types.ObjectId;
  quantity: number;
  /** Price of one unit when it was put in. */
  unitPrice: StoredMoney;
}

export interface CartDocument extends BaseDocument, WithOutbox {
  ownerId: Types.ObjectId;
  companyId?: Types.ObjectId;
  /** Flag for the partial index: an owner has one open cart. */
  isOpen: boolean;
  currency: string;
  lines: CartLineDocument[];
  note?: string;
  purchaseOrderNumber?: string;
  expiresAt: Date;
}

export const cartSchema = defineSchema<CartDocument>({
  ownerId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  companyId: { type: Schema.Types.ObjectId, dataClass: "internal" },
  isOpen: { type: Boolean, required: true, default: true, dataClass: "internal" },
  currency: { type: String, required: true, match: /^[A-Z]{3}$/, dataClass: "confidential" },
  lines: {
    type: [
      embedded({
        _id: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
        productId: { type: Schema.Types.ObjectId, required: true, dataClass: "confidential" },
        quantity: { type: Number, required: true, min: 1, max: 1_000_000, dataClass: "confidential" },
        unitPrice: { type: moneySchema, required: true, dataClass: "confidential" },
      }),
    ],
    required: true,
    maxItems: 100,
  },
  note: { type: String, maxlength: 2_000, dataClass: "confidential", personal: true },
  purchaseOrderNumber: { type: String, maxlength: 64, dataClass: "confidential" },
  expiresAt: { type: Date, required: true, dataClass: "internal" },
  ...outboxFields,
});

// All of a person, for export and erasure.
cartSchema.index({ tenantId: 1, ownerId: 1, _id: 1 });
cartSchema.index({ tenantId: 1, ownerId: 1 }, { unique: true, partialFilterExpression: { isOpen: true } });
// The graph hands out cart lines by their own id: products adds live prices to them.
cartSchema.index({ tenantId: 1, "lines._id": 1 });
cartSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
cartSchema.index(...outboxIndex);
