import { type BaseDocument, defineSchema, moneySchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { type StoredMoney } from "@tradegraph/kit/money";
import { Schema, type Types } from "mongoose";
import { paymentProviders, paymentStatuses, type StoredPaymentProvider, type StoredPaymentStatus } from "../enums.ts";

/** A payment, or an attempt at one. */
export interface PaymentDocument extends BaseDocument, WithOutbox {
  orderId: Types.ObjectId;
  /** Buyer, copied from the order: who may see it. */
  customerId: Types.ObjectId;
  companyId?: Types.ObjectId;
  provider: StoredPaymentProvider;
  externalId: string;
  amount: StoredMoney;
  status: StoredPaymentStatus;
}

export const paymentSchema = defineSchema<PaymentDocument>({
  orderId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  customerId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  companyId: { type: Schema.Types.ObjectId, dataClass: "internal" },
  provider: { type: String, required: true, enum: paymentProviders, dataClass: "confidential" },
  externalId: { type: String, required: true, maxlength: 100, dataClass: "confidential" },
  amount: { type: moneySchema, required: true, dataClass: "confidential" },
  status: { type: String, required: true, enum: paymentStatuses, dataClass: "confidential" },
  ...outboxFields,
});

paymentSchema.index({ tenantId: 1, provider: 1, externalId: 1 }, { unique: true });
paymentSchema.index({ tenantId: 1, orderId: 1 });
paymentSchema.index(...outboxIndex);
