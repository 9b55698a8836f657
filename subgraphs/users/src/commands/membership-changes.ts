// Ending memberships, and taking administrators down, without a transaction: the company decides in one update of its own
// document, which the next one sees, and then it is carried out. Whatever dies in between is carried out by the worker in
// `settle-companies.ts`. So a company at the top never loses its last administrator, however many go at once; below it
// there are always those of the companies above.
import { notFound } from "@tradegraph/kit/errors";
import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type Types, type UpdateQuery } from "mongoose";
import { type StoredCompanyRole } from "../enums.ts";
import { type Models } from "../models.ts";
import { type CompanyDocument, type MembershipChange, mostOpenChanges } from "../models/company.ts";
import { type MembershipDocument } from "../models/membership.ts";
import { changedMeanwhile } from "./company-tools.ts";
import { outdateSessions, type SessionTools } from "./end-sessions.ts";

export interface WantedChange {
  membershipId: Types.ObjectId;
  companyId: Types.ObjectId;
  /** Role from now on; absent to end the membership. */
  role?: StoredCompanyRole;
  /** Names of changed fields, for the audit log. */
  changes?: string[];
  actor: Actor;
}

const mostRounds = 20;

/**
 * Writes the decision into the company.
 *
 * @returns undefined when it would take the company's last administrator away
 * @throws PublicError NOT_FOUND when the membership is gone, CONFLICT when the company changes all the time
 */
export async function decideChange(models: Models, wanted: WantedChange): Promise<MembershipChange | undefined> {
  const { membershipId, companyId, role } = wanted;
  for (let round = 0; round < mostRounds; round += 1) {
    // In this order: whoever became or ceased to be an administrator after the first read changed the company's version,
    // or will see this decision.
    const company = await models.Company.findById(companyId).lean<CompanyDocument | null>();
    const membership = await models.Membership.findById(membershipId).lean<MembershipDocument | null>();
    if (!company || !membership?.companyId.equals(companyId)) throw notFound("There is no such membership.");
    const open = company.openChanges.find((change) => change.membershipId.equals(membershipId));
    if (open) {
      if (open.role === role) return open;
      throw changedMeanwhile();
    }
    if (company.openChanges.length >= mostOpenChanges) throw changedMeanwhile();
    if (company.path.length === 0 && membership.role === "company_admin") {
      const leaving = [membershipId, ...company.openChanges.map((change) => change.membershipId)];
      if (!(await hasOtherAdmin(models, companyId, leaving))) return undefined;
    }
    const change: MembershipChange = { membershipId, userId: membership.userId, ...(role && { role }) };
    const { modifiedCount } = await models.Company.updateOne(
      { _id: companyId, version: company.version },
      decisionUpdate(change, wanted),
    );
    if (modifiedCount === 1) return change;
  }
  throw changedMeanwhile();
}

async function hasOtherAdmin(models: Models, companyId: Types.ObjectId, leaving: Types.ObjectId[]): Promise<boolean> {
  const other = await models.Membership.findOne(
    { companyId, role: "company_admin", _id: { $nin: leaving } },
    { _id: 1 },
  )
    .hint({ tenantId: 1, companyId: 1, role: 1, _id: 1 })
    .lean();
  return other !== null;
}

function decisionUpdate(change: MembershipChange, { actor, changes }: WantedChange): UpdateQuery<CompanyDocument> {
  const data = { membershipId: change.membershipId.toHexString(), userId: change.userId.toHexString() };
  const { $push, $set } = change.role
    ? pushOutbox(outboxEntry("companyMember.updated", actor, { ...data, role: change.role, changes }))
    : pushOutbox(outboxEntry("companyMember.removed", actor, data));
  return { $push: { openChanges: change, ...$push }, $set: { isUnsettled: true, ...$set }, $inc: { version: 1 } };
}

/**
 * Does what was decided and takes the decision out; repeating it does no harm.
 *
 * @param more further fields of a membership that goes on
 */
export async function carryOut(
  tools: SessionTools,
  companyId: Types.ObjectId,
  { membershipId, userId, role }: MembershipChange,
  more: UpdateQuery<MembershipDocument> = {},
): Promise<void> {
  const { models } = tools;
  if (role) {
    await models.Membership.updateOne(
      { _id: membershipId },
      { ...more, $set: { ...more.$set, role }, $inc: { version: 1 } },
    );
  } else {
    await models.Membership.deleteOne({ _id: membershipId });
  }
  await outdateSessions(tools, userId);
  await models.Company.updateOne({ _id: companyId }, { $pull: { openChanges: { membershipId } } });
  await markSettled(models, companyId);
}

/** Takes the company off the worker's list, when there is nothing left to do. */
export async function markSettled(models: Models, companyId: Types.ObjectId): Promise<void> {
  await models.Company.updateOne(
    { _id: companyId, openChanges: { $size: 0 }, founderId: { $exists: false } },
    { $set: { isUnsettled: false } },
  );
}
