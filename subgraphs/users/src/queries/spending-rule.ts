import { toObjectId } from "@tradegraph/kit/node-id";
import { type StoredMoney } from "@tradegraph/kit/money";
import { type Types } from "mongoose";
import { permissionsOfRole } from "../company-permissions.ts";
import { effectiveMembership } from "../effective-memberships.ts";
import { type StoredCompanyRole, type StoredSpendingPeriod } from "../enums.ts";
import { type Models } from "../models.ts";

export interface SpendingRuleRecord {
  limit?: StoredMoney;
  period: StoredSpendingPeriod;
  role: StoredCompanyRole;
  /** Whose membership it is, the company asked for or one above: the limit is one for all it comes down to. */
  companyId: Types.ObjectId;
}

/**
 * What a person may spend for a company, by the membership that counts there.
 *
 * @returns null when the person does not order for it: no membership, a role without the permission, a closed account,
 *   or a company that may not trade
 */
export async function spendingRule(models: Models, user: string, company: string): Promise<SpendingRuleRecord | null> {
  const [userId, companyId] = [toObjectId(user, "userId"), toObjectId(company, "companyId")];
  const [membership, isOpen, mayTrade] = await Promise.all([
    effectiveMembership(models, userId, companyId),
    models.User.exists({ _id: userId, isActive: true }),
    models.Company.exists({ _id: companyId, status: "active" }),
  ]);
  if (!membership || !isOpen || !mayTrade || !permissionsOfRole[membership.role].includes("orders:place")) return null;
  const { spendingLimit, spendingPeriod, role, inheritedFrom } = membership;
  const rule = { period: spendingPeriod, role, companyId: inheritedFrom ?? companyId };
  return { ...rule, ...(spendingLimit && { limit: spendingLimit }) };
}
