import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { Schema, type Types } from "mongoose";

/** One intent of one person, done once however often it is sent. */
export interface IdempotencyKeyDocument extends BaseDocument {
  actorId: Types.ObjectId;
  key: string;
  /** Of the input: the same key with other input is a mistake of the client. */
  requestHash: string;
  state: "running" | "done";
  /** Chosen with the claim, before there is an order: whoever goes on after a crash makes the same one. */
  orderId: Types.ObjectId;
  /** Whose turn it is; changes when another takes over. */
  lease: Types.ObjectId;
  /** Until then nobody else may go on. */
  leaseUntil: Date;
  /** When the key is forgotten. */
  expiresAt: Date;
}

export const idempotencyKeySchema = defineSchema<IdempotencyKeyDocument>({
  actorId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  key: { type: String, required: true, maxlength: 64, dataClass: "internal" },
  requestHash: { type: String, required: true, maxlength: 64, dataClass: "confidential" },
  state: { type: String, required: true, enum: ["running", "done"], dataClass: "internal" },
  orderId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  lease: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  leaseUntil: { type: Date, required: true, dataClass: "internal" },
  expiresAt: { type: Date, required: true, dataClass: "internal" },
});

idempotencyKeySchema.index({ tenantId: 1, actorId: 1, key: 1 }, { unique: true });
// The worker that clears what crashed looks over all tenants.
idempotencyKeySchema.index({ state: 1, leaseUntil: 1 });
idempotencyKeySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
