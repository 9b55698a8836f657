import { type BaseDocument, defineSchema, embedded } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";

/** A user has at most so many at a time: signing in once more ends the one that was used longest ago. */
export const mostSessions = 20;

/** Used refresh tokens that are remembered, so that using one again is noticed. */
export const mostSpent = 200;

/** A place where a user is signed in: one sign-in and all the tokens that follow from it. */
export interface SessionDocument extends BaseDocument, WithOutbox {
  userId: Types.ObjectId;
  /** SHA-256 of the refresh token that counts, base64url. */
  tokenHash: string;
  /** The same of those used up, oldest first. */
  spent: string[];
  /** The token used last: its hash, when, and its successor, readable only with the token itself. */
  previous?: { hash: string; at: Date; sealed: string };
  /** Company acted for. */
  companyId?: Types.ObjectId;
  /** Network address it was begun from. */
  address?: string;
  lastUsedAt: Date;
  /** What the account's `sessionsValidFrom` was when the person proved who they are; absent where it had none. */
  validFrom?: Date;
  /** When the refresh token ends. */
  expiresAt: Date;
  /** Access tokens issued earlier must be refreshed; seconds since 1970. */
  notBefore: number;
  /** `iat` of the latest access token, in seconds; written before the token is made. */
  issuedAt: number;
  /** Ended: none of its tokens counts. */
  revokedAt?: Date;
  revokedReason?: string;
  /** When nothing asks for it any more: until then an ended session is the deny list for its access tokens. */
  removeAt: Date;
}

const hash = { type: String, maxlength: 43, match: /^[\w-]{43}$/, dataClass: "restricted" };

export const sessionSchema = defineSchema<SessionDocument>({
  userId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  tokenHash: { ...hash, required: true },
  spent: { type: [hash], required: true, maxItems: mostSpent, default: [], dataClass: "restricted" },
  previous: {
    type: embedded({
      hash: { ...hash, required: true },
      at: { type: Date, required: true, dataClass: "internal" },
      sealed: { type: String, required: true, maxlength: 300, dataClass: "restricted" },
    }),
  },
  companyId: { type: Schema.Types.ObjectId, dataClass: "internal" },
  address: { type: String, maxlength: 64, dataClass: "restricted", personal: true },
  lastUsedAt: { type: Date, required: true, dataClass: "internal" },
  validFrom: { type: Date, dataClass: "internal" },
  expiresAt: { type: Date, required: true, dataClass: "internal" },
  notBefore: { type: Number, required: true, default: 0, min: 0, dataClass: "internal" },
  issuedAt: { type: Number, required: true, min: 0, dataClass: "internal" },
  revokedAt: { type: Date, dataClass: "internal" },
  revokedReason: { type: String, maxlength: 64, dataClass: "internal" },
  removeAt: { type: Date, required: true, dataClass: "internal" },
  ...outboxFields,
});

sessionSchema.index({ tenantId: 1, userId: 1, revokedAt: 1, lastUsedAt: -1, _id: -1 });
// All of a person, for export and erasure.
sessionSchema.index({ tenantId: 1, userId: 1, _id: 1 });
sessionSchema.index({ removeAt: 1 }, { expireAfterSeconds: 0 });
sessionSchema.index(...outboxIndex);
