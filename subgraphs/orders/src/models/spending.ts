import { type BaseDocument, defineSchema, embedded, moneySchema } from "@tradegraph/kit/model";
import { type StoredMoney } from "@tradegraph/kit/money";
import { Schema, type Types } from "mongoose";

/** Most orders of one person for one company that may be placed at the same moment. */
export const mostInFlight = 100;

/** An order that is about to be stored, so that those placed at the same moment count it. */
export interface InFlightOrder {
  orderId: Types.ObjectId;
  /** Of the runner that stores it, which takes out its own entry only: see `commands/claim-key.ts`. */
  lease: Types.ObjectId;
  amount: StoredMoney;
  at: Date;
}

/** Where the orders that one person places for one company at the same moment meet: see `commands/claim-spending.ts`. */
export interface SpendingDocument extends BaseDocument {
  userId: Types.ObjectId;
  /** Of the person's membership; orders for companies it comes down to meet here as well. */
  companyId: Types.ObjectId;
  inFlight: InFlightOrder[];
}

export const spendingSchema = defineSchema<SpendingDocument>({
  userId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  companyId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  inFlight: {
    type: [
      embedded({
        orderId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
        lease: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
        amount: { type: moneySchema, required: true, dataClass: "confidential" },
        at: { type: Date, required: true, dataClass: "internal" },
      }),
    ],
    required: true,
    maxItems: mostInFlight,
    default: [],
  },
});

spendingSchema.index({ tenantId: 1, userId: 1, companyId: 1 }, { unique: true });
