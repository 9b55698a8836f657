// Ending memberships, and taking administrators down, without a transaction: the company decides in one update of its own
// document, which the next one sees, and then it is carried out, once: whoever comes late with a decision that is carried
// out already changes nothing. Whatever dies in between is carried out by the worker in `settle-companies.ts`. So a company
// at the top never loses its last administrator, however many go at once; below it there are always those of the companies
// above. Staff who close an account, and who is erased, go all the same; and so does who is alone in a company and closes
// the own account.
import { notFound, PublicError } from "@tradegraph/kit/errors";
import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type Types, type UpdateQuery } from "mongoose";
import { type StoredCompanyRole } from "../enums.ts";
import { type Models } from "../models.ts";
import { type CompanyDocument, type MembershipChange, mostOpenChanges } from "../models/company.ts";
import { type MembershipDocument, mostMembers } from "../models/membership.ts";
import { changedMeanwhile } from "./company-tools.ts";
import { closeAcceptedInvitations } from "./company-invitation-revoke.ts";
import { outdateSessions, type SessionTools } from "./end-sessions.ts";

export interface WantedChange {
  membershipId: Types.ObjectId;
  companyId: Types.ObjectId;
  /** Role from now on; absent to end the membership. */
  role?: StoredCompanyRole;
  /** Version of the person's account, to close that and leave the membership; see `leave-companies.ts`. */
  closedVersion?: number;
  /** Names of changed fields, for the audit log. */
  changes?: string[];
  actor: Actor;
}

const mostRounds = 20;

/** For `catch` after {@link decideChange}: the membership, or its company, is gone meanwhile. @param instead what then counts */
export const whenGone =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof PublicError && error.extensions.code === "NOT_FOUND") return instead;
    throw error;
  };

/**
 * Writes the decision into the company.
 *
 * @returns undefined when it would take the company's last administrator away
 * @throws PublicError NOT_FOUND when the membership is gone, CONFLICT when the company changes all the time
 */
export async function decideChange(models: Models, wanted: WantedChange): Promise<MembershipChange | undefined> {
  const { membershipId, companyId } = wanted;
  for (let round = 0; round < mostRounds; round += 1) {
    // In this order: whoever became or ceased to be an administrator after the first read changed the company's version,
    // or will see this decision.
    const company = await models.Company.findById(companyId).lean<CompanyDocument | null>();
    const membership = await models.Membership.findById(membershipId).lean<MembershipDocument | null>();
    if (!company || !membership?.companyId.equals(companyId)) throw notFound("There is no such membership.");
    const open = company.openChanges.find((other) => other.membershipId.equals(membershipId));
    const change = changeOf(wanted, membership);
    if (open) {
      if (isSame(open, change)) return open;
      throw changedMeanwhile();
    }
    if (company.openChanges.length >= mostOpenChanges) throw changedMeanwhile();
    if (company.path.length === 0 && membership.role === "company_admin") {
      const leaving = [membershipId, ...company.openChanges.map((other) => other.membershipId)];
      const mayGo =
        (await hasOtherAdmin(models, companyId, leaving)) ||
        (change.closesAccount && (await isAlone(models, companyId, membershipId)));
      if (!mayGo) return undefined;
    }
    const { modifiedCount } = await models.Company.updateOne(
      { _id: companyId, version: company.version },
      decisionUpdate(change, wanted),
    );
    if (modifiedCount === 1) return change;
  }
  throw changedMeanwhile();
}

function changeOf(
  { membershipId, role, closedVersion }: WantedChange,
  { userId, version }: MembershipDocument,
): MembershipChange {
  if (closedVersion !== undefined) return { membershipId, userId, version: closedVersion, closesAccount: true };
  return { membershipId, userId, ...(role && { role, version }) };
}

/** A role is decided on for the membership as it was then; the closing of an account only for the account as it is. */
const isSame = (one: MembershipChange, other: MembershipChange): boolean =>
  one.role === other.role &&
  one.closesAccount === other.closesAccount &&
  (!one.closesAccount || one.version === other.version);

/**
 * Whether somebody else runs the company who can sign in. The one who is counted on gets a new version of the account: so
 * a request that stands still, and was about to close it, fails.
 */
async function hasOtherAdmin(models: Models, companyId: Types.ObjectId, leaving: Types.ObjectId[]): Promise<boolean> {
  const others = await models.Membership.find(
    { companyId, role: "company_admin", _id: { $nin: leaving } },
    { userId: 1 },
  )
    .hint({ tenantId: 1, companyId: 1, role: 1, _id: 1 })
    .limit(mostMembers)
    .lean<Pick<MembershipDocument, "userId">[]>();
  if (others.length === 0) return false;
  const userIds = others.map(({ userId }) => userId);
  const other = await models.User.findOneAndUpdate(
    { _id: { $in: userIds }, isActive: true },
    { $inc: { version: 1 } },
    { timestamps: false, hint: { _id: 1 }, projection: { _id: 1 } },
  ).lean();
  return other !== null;
}

/** Whether nobody is left behind without an administrator: no other member, and no company below. */
async function isAlone(models: Models, companyId: Types.ObjectId, membershipId: Types.ObjectId): Promise<boolean> {
  const other = await models.Membership.findOne({ companyId, _id: { $ne: membershipId } }, { _id: 1 })
    .hint({ tenantId: 1, companyId: 1, _id: 1 })
    .lean();
  if (other) return false;
  const below = await models.Company.findOne({ path: companyId }, { _id: 1 })
    .hint({ tenantId: 1, path: 1, _id: 1 })
    .lean();
  return below === null;
}

function decisionUpdate(change: MembershipChange, { actor, changes }: WantedChange): UpdateQuery<CompanyDocument> {
  // The account itself tells when it is closed.
  if (change.closesAccount)
    return { $push: { openChanges: change }, $set: { isUnsettled: true }, $inc: { version: 1 } };
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
  change: MembershipChange,
  more: UpdateQuery<MembershipDocument> = {},
): Promise<void> {
  const { models } = tools;
  const { membershipId, userId, role } = change;
  let carried = change;
  if (role) {
    carried = await takeDown(models, companyId, { ...change, role }, more);
  } else {
    await closeAcceptedInvitations(models, { companyId, userId });
    await models.Membership.deleteOne({ _id: membershipId });
  }
  await outdateSessions(tools, userId);
  await takeOut(models, companyId, carried);
}

/**
 * Gives a membership its lower role, as it was decided for that version of it. One that has changed since, but was not
 * taken down, gets it all the same as long as the decision stands: so a membership that was made greater again after the
 * decision was carried out stays so.
 *
 * @returns the decision as it stands in the company now
 */
async function takeDown(
  models: Models,
  companyId: Types.ObjectId,
  decided: MembershipChange & { role: StoredCompanyRole },
  more: UpdateQuery<MembershipDocument>,
): Promise<MembershipChange> {
  const { membershipId, role } = decided;
  let change = decided;
  for (let round = 0; round < mostRounds; round += 1) {
    const { version = 0 } = change;
    const { matchedCount } = await models.Membership.updateOne(
      { _id: membershipId, version },
      { ...more, $set: { ...more.$set, role }, $inc: { version: 1 } },
    );
    const current =
      matchedCount === 0 && (await models.Membership.findById(membershipId).lean<MembershipDocument | null>());
    if (!current || current.role === role) return change;
    const { modifiedCount } = await models.Company.updateOne(
      { _id: companyId, openChanges: { $elemMatch: { membershipId, role, version } } },
      { $set: { "openChanges.$.version": current.version } },
    );
    if (modifiedCount === 0) return change;
    change = { ...change, version: current.version };
  }
  throw changedMeanwhile();
}

/** Takes a decision out that is carried out, or given up. */
export async function takeOut(
  models: Models,
  companyId: Types.ObjectId,
  { membershipId, version }: MembershipChange,
): Promise<void> {
  const decision = { membershipId, ...(version !== undefined && { version }) };
  await models.Company.updateOne({ _id: companyId }, { $pull: { openChanges: decision } });
  await markSettled(models, companyId);
}

/** Takes the company off the worker's list, when there is nothing left to do. */
export async function markSettled(models: Models, companyId: Types.ObjectId): Promise<void> {
  await models.Company.updateOne(
    { _id: companyId, openChanges: { $size: 0 }, founderId: { $exists: false } },
    { $set: { isUnsettled: false } },
  );
}
