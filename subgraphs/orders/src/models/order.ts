import { type BaseDocument, defineSchema, embedded, moneySchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { type Sealed, sealedField } from "@tradegraph/kit/sealed-field";
import { type StoredMoney } from "@tradegraph/kit/money";
import { Schema, type Types } from "mongoose";
import {
  approvalStatuses,
  orderStatuses,
  paymentMethods,
  paymentStatuses,
  type StoredApprovalStatus,
  type StoredOrderStatus,
  type StoredPaymentMethod,
  type StoredPaymentStatus,
} from "../enums.ts";
import { longestAddressText } from "./address.ts";

/** A line as it was ordered; what the product is called or costs today is no matter. */
export interface OrderItemDocument {
  _id: Types.ObjectId;
  productId: Types.ObjectId;
  sku: string;
  productName: string;
  quantity: number;
  price: StoredMoney;
  supplierId: Types.ObjectId;
}

export interface OrderHistoryDocument {
  status: StoredOrderStatus;
  at: Date;
  /** Absent when the system did it. */
  actorId?: Types.ObjectId;
  reason?: string;
}

export interface OrderDocument extends BaseDocument, WithOutbox {
  /** For people: `A-2026-000042`. */
  number: string;
  customerId: Types.ObjectId;
  companyId?: Types.ObjectId;
  /** From which the buyer's membership came down, whose limit counts this order; absent for one in `companyId`. */
  limitCompanyId?: Types.ObjectId;
  status: StoredOrderStatus;
  paymentStatus: StoredPaymentStatus;
  approvalStatus: StoredApprovalStatus;
  items: OrderItemDocument[];
  totalAmount: StoredMoney;
  /** JSON of an `AddressDocument`, sealed; the other one too. */
  shippingAddress: Sealed;
  billingAddress?: Sealed;
  paymentMethod: StoredPaymentMethod;
  purchaseOrderNumber?: string;
  notes?: string;
  orderDate: Date;
  shippedDate?: Date;
  deliveredDate?: Date;
  history: OrderHistoryDocument[];
  /** What became of the units that were set aside for it. */
  sagaState: "reserved" | "confirmed" | "released";
  /** Name of the reservation in products. */
  reservationKey: string;
  /** When the buyer was taken out of it. */
  personErasedAt?: Date;
}

export const orderSchema = defineSchema<OrderDocument>({
  number: { type: String, required: true, maxlength: 32, dataClass: "confidential" },
  customerId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  companyId: { type: Schema.Types.ObjectId, dataClass: "internal" },
  limitCompanyId: { type: Schema.Types.ObjectId, dataClass: "internal" },
  status: { type: String, required: true, enum: orderStatuses, dataClass: "confidential" },
  paymentStatus: { type: String, required: true, enum: paymentStatuses, dataClass: "confidential" },
  approvalStatus: { type: String, required: true, enum: approvalStatuses, dataClass: "confidential" },
  items: {
    type: [
      embedded({
        _id: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
        productId: { type: Schema.Types.ObjectId, required: true, dataClass: "confidential" },
        sku: { type: String, required: true, maxlength: 64, dataClass: "confidential" },
        productName: { type: String, required: true, maxlength: 200, dataClass: "confidential" },
        quantity: { type: Number, required: true, min: 1, max: 1_000_000, dataClass: "confidential" },
        price: { type: moneySchema, required: true, dataClass: "confidential" },
        supplierId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
      }),
    ],
    required: true,
    maxItems: 100,
  },
  totalAmount: { type: moneySchema, required: true, dataClass: "confidential" },
  shippingAddress: { ...sealedField(longestAddressText), required: true },
  billingAddress: sealedField(longestAddressText),
  paymentMethod: { type: String, required: true, enum: paymentMethods, dataClass: "confidential" },
  purchaseOrderNumber: { type: String, maxlength: 64, dataClass: "confidential" },
  notes: { type: String, maxlength: 2_000, dataClass: "confidential", personal: true },
  orderDate: { type: Date, required: true, dataClass: "confidential" },
  shippedDate: { type: Date, dataClass: "confidential" },
  deliveredDate: { type: Date, dataClass: "confidential" },
  history: {
    type: [
      embedded({
        status: { type: String, required: true, enum: orderStatuses, dataClass: "confidential" },
        at: { type: Date, required: true, dataClass: "confidential" },
        actorId: { type: Schema.Types.ObjectId, dataClass: "internal" },
        reason: { type: String, maxlength: 500, dataClass: "confidential", personal: true },
      }),
    ],
    required: true,
    maxItems: 100,
  },
  sagaState: { type: String, required: true, enum: ["reserved", "confirmed", "released"], dataClass: "internal" },
  reservationKey: { type: String, required: true, maxlength: 100, dataClass: "internal" },
  personErasedAt: { type: Date, dataClass: "internal" },
  ...outboxFields,
});

orderSchema.index({ tenantId: 1, number: 1 }, { unique: true });
// One index for each owner and sort: pages are read in index order, never sorted in memory.
orderSchema.index({ tenantId: 1, customerId: 1, orderDate: 1, _id: 1 });
orderSchema.index({ tenantId: 1, customerId: 1, "totalAmount.amount": 1, _id: 1 });
orderSchema.index({ tenantId: 1, companyId: 1, orderDate: 1, _id: 1 });
orderSchema.index({ tenantId: 1, companyId: 1, "totalAmount.amount": 1, _id: 1 });
orderSchema.index({ tenantId: 1, "items.supplierId": 1, orderDate: 1, _id: 1 });
orderSchema.index({ tenantId: 1, orderDate: 1, _id: 1 });
orderSchema.index({ tenantId: 1, "totalAmount.amount": 1, _id: 1 });
orderSchema.index({ tenantId: 1, status: 1, orderDate: 1, _id: 1 });
orderSchema.index({ tenantId: 1, paymentStatus: 1, orderDate: 1, _id: 1 });
// Those that wait for an approver are few among many.
const awaiting = { partialFilterExpression: { approvalStatus: "pending" } } as const;
orderSchema.index({ tenantId: 1, approvalStatus: 1, companyId: 1, orderDate: 1, _id: 1 }, awaiting);
orderSchema.index({ tenantId: 1, approvalStatus: 1, orderDate: 1, _id: 1 }, awaiting);
// When and how much of a product was ordered.
orderSchema.index({ tenantId: 1, "items.productId": 1, orderDate: -1 });
// What a company owes.
orderSchema.index({ tenantId: 1, companyId: 1, paymentMethod: 1, paymentStatus: 1, status: 1 });
orderSchema.index(...outboxIndex);
// Asked for by the source documents (IDX-2); the usage report tells whether anything needs them.
orderSchema.index({ customerId: 1 });
orderSchema.index({ status: 1 });
orderSchema.index({ orderDate: -1 });
orderSchema.index({ paymentStatus: 1 });
