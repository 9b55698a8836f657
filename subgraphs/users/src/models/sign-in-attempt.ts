import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";

/** How often somebody tried of late; see `lockout.ts`. */
export interface SignInAttemptDocument extends BaseDocument {
  /** What is counted, for whom: SHA-256, base64url. */
  key: string;
  count: number;
  /** No try before this. Long ago for who may try at once. */
  lockedUntil: Date;
  /** When the tries are forgotten. */
  expiresAt: Date;
}

export const signInAttemptSchema = defineSchema<SignInAttemptDocument>({
  key: { type: String, required: true, maxlength: 43, match: /^[\w-]{43}$/ },
  count: { type: Number, required: true, min: 0 },
  lockedUntil: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
});

signInAttemptSchema.index({ tenantId: 1, key: 1 }, { unique: true });
signInAttemptSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
