import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";

/** How often somebody tried of late; see `lockout.ts`. */
export interface SignInAttemptDocument extends BaseDocument {
  /** What is counted, for whom: SHA-256, base64url. */
  key: string;
  /** Whose tries, in the same form; absent for those of a network. */
  owner?: string;
  /** Tries that were wrong or are being looked at. */
  count: number;
  /** Of those, how many are being looked at, counted when few are left. */
  open: number;
  /** What is open then is over, however it ended. */
  openUntil: Date;
  /** No try before this. Long ago for who may try at once. */
  lockedUntil: Date;
  /** When the tries are forgotten. */
  expiresAt: Date;
}

// Without a key: whoever has it can try addresses.
const hash = { type: String, maxlength: 43, match: /^[\w-]{43}$/, dataClass: "restricted", personal: true };

export const signInAttemptSchema = defineSchema<SignInAttemptDocument>({
  key: { ...hash, required: true },
  owner: hash,
  count: { type: Number, required: true, min: 0, dataClass: "internal" },
  open: { type: Number, required: true, dataClass: "internal" },
  openUntil: { type: Date, required: true, dataClass: "internal" },
  lockedUntil: { type: Date, required: true, dataClass: "internal" },
  expiresAt: { type: Date, required: true, dataClass: "internal" },
});

signInAttemptSchema.index({ tenantId: 1, key: 1 }, { unique: true });
// All of a person, to be forgotten together.
signInAttemptSchema.index({ tenantId: 1, owner: 1 });
signInAttemptSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
