import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { type StoredMoney } from "@tradegraph/kit/money";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";
import { type StoredCompanyRole, type StoredSpendingPeriod } from "../enums.ts";
import { spendingLimitFields } from "./spending-limit.ts";

/** How long an invitation may be accepted. */
export const invitationLifetimeMs = 7 * 86_400_000;

/** How long after that by who had begun to: one that is being accepted is let be for so long. */
export const acceptingMs = 3_600_000;

/** Most open invitations of a company. */
export const mostInvitations = 100;

/** How long one that is over is kept for questions, in seconds after its end. */
const keptSeconds = 90 * 86_400;

/** An invitation to act for a company. The token is in the message alone; here is its hash. */
export interface InvitationDocument extends BaseDocument, WithOutbox {
  companyId: Types.ObjectId;
  /** As the inviter wrote it. */
  email: string;
  emailLower: string;
  role: StoredCompanyRole;
  /** Absent: no limit. */
  spendingLimit?: StoredMoney;
  spendingPeriod: StoredSpendingPeriod;
  /** SHA-256, base64url. */
  tokenHash: string;
  expiresAt: Date;
  invitedBy: Types.ObjectId;
  /** Place among the open invitations of the company. Unique, so that no race goes past the limit. */
  slot: number;
  /** Flag for the partial indexes: an address has one open invitation of a company. */
  isOpen: boolean;
  /** Who is accepting it; nobody else may by then. */
  acceptedBy?: Types.ObjectId;
  /** When the membership was there. */
  acceptedAt?: Date;
  /** That membership; it does not come back when it was ended since. */
  membershipId?: Types.ObjectId;
  revokedAt?: Date;
}

export const invitationSchema = defineSchema<InvitationDocument>({
  companyId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  email: { type: String, required: true, maxlength: 254, dataClass: "restricted", personal: true },
  emailLower: { type: String, required: true, maxlength: 254, dataClass: "restricted", personal: true },
  role: { type: String, required: true, enum: ["buyer", "approver", "company_admin"], dataClass: "confidential" },
  ...spendingLimitFields,
  tokenHash: { type: String, required: true, maxlength: 64, dataClass: "restricted" },
  expiresAt: { type: Date, required: true, dataClass: "internal" },
  invitedBy: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  slot: { type: Number, required: true, min: 0, max: mostInvitations - 1, dataClass: "internal" },
  isOpen: { type: Boolean, required: true, default: true, dataClass: "internal" },
  acceptedBy: { type: Schema.Types.ObjectId, dataClass: "internal" },
  acceptedAt: { type: Date, dataClass: "internal" },
  membershipId: { type: Schema.Types.ObjectId, dataClass: "internal" },
  revokedAt: { type: Date, dataClass: "internal" },
  ...outboxFields,
});

invitationSchema.index({ tenantId: 1, tokenHash: 1 }, { unique: true });
for (const key of ["emailLower", "slot"]) {
  invitationSchema.index(
    { tenantId: 1, companyId: 1, [key]: 1 },
    { unique: true, partialFilterExpression: { isOpen: true } },
  );
}
// Everything that was sent to a person, for export and erasure.
invitationSchema.index({ tenantId: 1, emailLower: 1, _id: 1 });
invitationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: keptSeconds });
invitationSchema.index(...outboxIndex);
