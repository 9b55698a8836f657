import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { type StoredMoney } from "@tradegraph/kit/money";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";
import { type StoredCompanyRole, type StoredSpendingPeriod } from "../enums.ts";
import { spendingLimitFields } from "./spending-limit.ts";

/** Most memberships of one person. */
export const mostMemberships = 100;

/** Most memberships of its own that a company has. */
export const mostMembers = 1_000;

/** A person acting for a company, and for those below it: see `effective-memberships.ts`. */
export interface MembershipDocument extends BaseDocument, WithOutbox {
  userId: Types.ObjectId;
  companyId: Types.ObjectId;
  role: StoredCompanyRole;
  /** Absent: no limit. */
  spendingLimit?: StoredMoney;
  spendingPeriod: StoredSpendingPeriod;
  /**
   * Places among the person's and the company's memberships. Unique, so that no race goes past a limit; absent in seeded
   * memberships, which are counted by reading them.
   */
  personSlot?: number;
  companySlot?: number;
  /** Flag for the partial indexes, true for those with slots. */
  hasSlots: boolean;
}

export const membershipSchema = defineSchema<MembershipDocument>({
  userId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  companyId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  role: { type: String, required: true, enum: ["buyer", "approver", "company_admin"], dataClass: "confidential" },
  ...spendingLimitFields,
  personSlot: { type: Number, min: 0, max: mostMemberships - 1, dataClass: "internal" },
  companySlot: { type: Number, min: 0, max: mostMembers - 1, dataClass: "internal" },
  hasSlots: { type: Boolean, required: true, default: false, dataClass: "internal" },
  ...outboxFields,
});

membershipSchema.index({ tenantId: 1, userId: 1, companyId: 1 }, { unique: true });
membershipSchema.index({ tenantId: 1, companyId: 1, _id: 1 });
const whereSlots = { unique: true, partialFilterExpression: { hasSlots: true } };
membershipSchema.index({ tenantId: 1, userId: 1, personSlot: 1 }, whereSlots);
membershipSchema.index({ tenantId: 1, companyId: 1, companySlot: 1 }, whereSlots);
// Who runs a company: it never loses the last one.
membershipSchema.index({ tenantId: 1, companyId: 1, role: 1, _id: 1 });
membershipSchema.index(...outboxIndex);

/** The order of a person's memberships; the first is the one to act for unless another is chosen. */
export const oldestFirst = (
  a: Pick<MembershipDocument, "_id" | "createdAt">,
  b: Pick<MembershipDocument, "_id" | "createdAt">,
): number => a.createdAt.getTime() - b.createdAt.getTime() || a._id.toHexString().localeCompare(b._id.toHexString());
