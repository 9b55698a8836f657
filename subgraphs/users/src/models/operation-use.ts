// How often operations of partners are used. Beside the lists, because these are large and written once.
import { type BaseDocument, defineSchema, embedded } from "@tradegraph/kit/model";
import { operationIdPattern } from "@tradegraph/kit/operation-text";
import { Schema, type Types } from "mongoose";

/** Days with uses that are kept one by one. */
export const mostUseDays = 30;

export interface OperationUseDocument extends BaseDocument {
  listId: Types.ObjectId;
  operationId: string;
  uses: number;
  lastUsedAt?: Date;
  /** The latest last. */
  days: { day: Date; uses: number }[];
}

export const operationUseSchema = defineSchema<OperationUseDocument>({
  listId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  operationId: { type: String, required: true, match: operationIdPattern, dataClass: "internal" },
  uses: { type: Number, required: true, min: 0, default: 0, dataClass: "internal" },
  lastUsedAt: { type: Date, dataClass: "internal" },
  days: {
    type: [
      embedded({
        day: { type: Date, required: true, dataClass: "internal" },
        uses: { type: Number, required: true, min: 0, dataClass: "internal" },
      }),
    ],
    required: true,
    maxItems: mostUseDays,
    default: [],
  },
});

operationUseSchema.index({ tenantId: 1, listId: 1, operationId: 1 }, { unique: true });
