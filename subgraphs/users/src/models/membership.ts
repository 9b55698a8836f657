import { type BaseDocument, defineSchema, moneySchema } from "@tradegraph/kit/model";
import { type StoredMoney } from "@tradegraph/kit/money";
import { Schema, type Types } from "mongoose";
import { type StoredCompanyRole, type StoredSpendingPeriod } from "../enums.ts";

/** A person acting for a company. One person has at most 100: whoever adds one sees to it. */
export interface MembershipDocument extends BaseDocument {
  userId: Types.ObjectId;
  companyId: Types.ObjectId;
  role: StoredCompanyRole;
  /** Absent: no limit. */
  spendingLimit?: StoredMoney;
  spendingPeriod: StoredSpendingPeriod;
}

export const membershipSchema = defineSchema<MembershipDocument>({
  userId: { type: Schema.Types.ObjectId, required: true },
  companyId: { type: Schema.Types.ObjectId, required: true },
  role: { type: String, required: true, enum: ["buyer", "approver", "company_admin"] },
  spendingLimit: { type: moneySchema },
  spendingPeriod: { type: String, required: true, enum: ["order", "month", "year"], default: "month" },
});

membershipSchema.index({ tenantId: 1, userId: 1, companyId: 1 }, { unique: true });
membershipSchema.index({ tenantId: 1, companyId: 1, _id: 1 });

/** The order of a person's memberships; the first is the one to act for unless another is chosen. */
export const oldestFirst = (
  a: Pick<MembershipDocument, "_id" | "createdAt">,
  b: Pick<MembershipDocument, "_id" | "createdAt">,
): number => a.createdAt.getTime() - b.createdAt.getTime() || a._id.toHexString().localeCompare(b._id.toHexString());
