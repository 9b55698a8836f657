import { type BaseDocument, defineSchema, embedded } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";

export interface StockReservation {
  key: string;
  quantity: number;
  expiresAt: Date;
}

/** Stock of one product in one store. `available + reserved = onHand` holds in every state. */
export interface InventoryDocument extends BaseDocument, WithOutbox {
  productId: Types.ObjectId;
  storeId: Types.ObjectId;
  onHand: number;
  reserved: number;
  available: number;
  reservations: StockReservation[];
  /** Keys of ended reservations, newest last: a late repetition must not reserve again. */
  recent: string[];
}

export const inventorySchema = defineSchema<InventoryDocument>({
  productId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  storeId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  onHand: { type: Number, required: true, min: 0, dataClass: "internal" },
  reserved: { type: Number, required: true, min: 0, default: 0, dataClass: "internal" },
  available: { type: Number, required: true, min: 0, dataClass: "internal" },
  reservations: {
    type: [
      embedded({
        key: { type: String, required: true, maxlength: 100, dataClass: "internal" },
        quantity: { type: Number, required: true, min: 1, dataClass: "internal" },
        expiresAt: { type: Date, required: true, dataClass: "internal" },
      }),
    ],
    required: true,
    maxItems: 1_000,
  },
  recent: { type: [{ type: String, maxlength: 100 }], required: true, maxItems: 200, dataClass: "internal" },
  ...outboxFields,
});

inventorySchema.index({ tenantId: 1, productId: 1, storeId: 1 }, { unique: true });
inventorySchema.index({ tenantId: 1, "reservations.key": 1 });
// The sweeper looks over all tenants.
inventorySchema.index({ "reservations.expiresAt": 1 });
inventorySchema.index(...outboxIndex);
