import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { Schema, type Types } from "mongoose";
import { type OneTimePurpose, oneTimePurposes } from "../one-time-token.ts";

/** A token that was sent to somebody, good for one use. */
export interface OneTimeTokenDocument extends BaseDocument {
  userId: Types.ObjectId;
  purpose: OneTimePurpose;
  /** SHA-256 of the token, base64url; the token itself is in the message alone. */
  tokenHash: string;
  /** The same of the address it was sent to: it counts only while that is the account's. */
  emailHash: string;
  expiresAt: Date;
  /** Absent while it counts. */
  usedAt?: Date;
}

const hash = { type: String, required: true, maxlength: 43, match: /^[\w-]{43}$/, dataClass: "restricted" };

export const oneTimeTokenSchema = defineSchema<OneTimeTokenDocument>({
  userId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  purpose: { type: String, required: true, enum: [...oneTimePurposes], dataClass: "internal" },
  tokenHash: hash,
  emailHash: { ...hash, personal: true },
  expiresAt: { type: Date, required: true, dataClass: "internal" },
  usedAt: { type: Date, dataClass: "internal" },
});

oneTimeTokenSchema.index({ tenantId: 1, tokenHash: 1 }, { unique: true });
oneTimeTokenSchema.index({ tenantId: 1, userId: 1, purpose: 1, _id: 1 });
oneTimeTokenSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
