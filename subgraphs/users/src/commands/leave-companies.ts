// Who closes the own account is no administrator of companies any more. There is no transaction over an account and its
// companies, so each company first decides that it can do without, as for the end of a membership; then the account is
// closed, for the version that was decided on, and the companies forget about it.
import { type Actor } from "@tradegraph/kit/outbox";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type MembershipChange } from "../models/company.ts";
import { type MembershipDocument, mostMemberships } from "../models/membership.ts";
import { type UserDocument } from "../models/user.ts";
import { decideChange, takeOut, whenGone } from "./membership-changes.ts";

/** A decision, and whose it is. */
export interface LeftCompany {
  companyId: Types.ObjectId;
  change: MembershipChange;
}

/**
 * Asks all companies at the top that the person runs. When the account is closed, call {@link leftCompanies}, otherwise
 * {@link stayInCompanies}.
 *
 * @returns their decisions; undefined when one that has other members, or companies below, would be without an
 *   administrator
 * @throws PublicError CONFLICT when another change of the membership is under way
 */
export async function leaveCompanies(
  models: Models,
  { _id: userId, version }: UserDocument,
  actor: Actor,
): Promise<LeftCompany[] | undefined> {
  const left: LeftCompany[] = [];
  try {
    for (const { _id: membershipId, companyId } of await administered(models, userId)) {
      const wanted = { membershipId, companyId, closedVersion: version, actor };
      const change = await decideChange(models, wanted).catch(whenGone(null));
      if (change) left.push({ companyId, change });
      if (change === undefined) {
        await stayInCompanies(models, left);
        return undefined;
      }
    }
  } catch (error) {
    await stayInCompanies(models, left);
    throw error;
  }
  return left;
}

/** Memberships that make the person an administrator of a company at the top. */
async function administered(models: Models, userId: Types.ObjectId): Promise<MembershipDocument[]> {
  const own = await models.Membership.find({ userId, role: "company_admin" })
    .hint({ tenantId: 1, userId: 1, companyId: 1 })
    .limit(mostMemberships)
    .lean<MembershipDocument[]>();
  if (own.length === 0) return [];
  const companyIds = own.map(({ companyId }) => companyId);
  const atTop = await models.Company.find({ _id: { $in: companyIds }, parentId: null }, { _id: 1 })
    .hint({ _id: 1 })
    .lean<{ _id: Types.ObjectId }[]>();
  return own.filter(({ companyId }) => atTop.some(({ _id }) => _id.equals(companyId)));
}

/** The account is closed; what is lost here the worker of `settle-companies.ts` does. */
export async function leftCompanies(models: Models, left: readonly LeftCompany[]): Promise<void> {
  for (const { companyId, change } of left) await takeOut(models, companyId, change);
}

/**
 * The account was not closed, or nobody knows: from now on it is not, for these decisions. Its version goes up first, so
 * that a request which stands still, and was about to close it, fails.
 */
export async function stayInCompanies(models: Models, left: readonly LeftCompany[]): Promise<void> {
  for (const { companyId, change } of left) {
    const { userId: _id, version } = change;
    if (version !== undefined)
      await models.User.updateOne({ _id, version }, { $inc: { version: 1 } }, { timestamps: false });
    await takeOut(models, companyId, change);
  }
}
