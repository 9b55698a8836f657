import { outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { acceptingMs, type InvitationDocument } from "../models/invitation.ts";
import { type MembershipDocument, mostMembers, mostMemberships } from "../models/membership.ts";
import { type UserDocument } from "../models/user.ts";
import { hashOf } from "../one-time-token.ts";
import { invalidToken, limitReached, type UserErrorRecord } from "../user-errors.ts";
import { type MembershipResult } from "./company-member-update.ts";
import { actorIn, type CompanyTools, ownUserId } from "./company-tools.ts";
import { outdateSessions } from "./end-sessions.ts";
import { addMembership, type FullSide } from "./membership-add.ts";
import { carryOut, decideChange, whenGone } from "./membership-changes.ts";
import { recordSecurity } from "./record-security.ts";

const refused = (...userErrors: UserErrorRecord[]): MembershipResult => ({ userErrors });

/** Says the same of tokens that are unknown, over, taken back, or another person's. */
const noSuchInvitation = () =>
  invalidToken("This invitation does not count, or is for another address; ask for a new one.", "token");

/**
 * Accepts an invitation. Who has the token has read the mailbox it was sent to; the account must have that address.
 * First the invitation is the person's, then there is the membership, then the invitation is over: a request that dies in
 * between is finished by sending it again. Whoever takes the invitation back, or ends the membership meanwhile, closes the
 * invitation; a request that finds it closed takes back the membership that it made.
 */
export async function companyInvitationAccept(tools: CompanyTools, token: string): Promise<MembershipResult> {
  const { models, viewer } = tools;
  const userId = ownUserId(viewer);
  const [user, found] = await Promise.all([
    models.User.findById(userId, { emailLower: 1, isActive: 1 }).lean<Pick<UserDocument, "emailLower" | "isActive">>(),
    models.Invitation.findOne({ tokenHash: hashOf(token) }).lean<InvitationDocument | null>(),
  ]);
  const isTheirs = found !== null && user?.isActive === true && found.emailLower === user.emailLower;
  if (!isTheirs) {
    const subject = found && { subject: { type: "CompanyInvitation", id: found._id.toHexString() } };
    const event = { action: "companyInvitation.refused", outcome: "refused", actor: actorIn(tools) } as const;
    await recordSecurity(models, { ...event, ...subject, code: "INVALID_TOKEN" });
    return refused(noSuchInvitation());
  }
  if (found.acceptedAt) return alreadyAccepted(tools, found, userId);
  const claimed = await claim(tools, found._id, userId);
  if (!claimed) return refused(noSuchInvitation());
  const { companyId, role, spendingPeriod, spendingLimit } = claimed;
  const _id = new Types.ObjectId();
  const wanted = { _id, userId, companyId, role, spendingPeriod, ...(spendingLimit && { spendingLimit }) };
  const added = await addMembership(models, wanted, actorIn(tools));
  if (typeof added === "string") {
    await giveBack(tools, claimed._id, userId);
    return refused(full(added));
  }
  if (!(await finish(tools, claimed, added))) {
    if (added._id.equals(_id)) await takeBack(tools, added);
    return refused(noSuchInvitation());
  }
  await outdateSessions(tools, userId);
  return { membership: added, userErrors: [] };
}

const full = (side: FullSide): UserErrorRecord => ({
  ...(side === "person"
    ? limitReached(mostMemberships, `A person acts for ${mostMemberships} companies at most; leave one of them first.`)
    : limitReached(mostMembers, `The company has ${mostMembers} members, which is the most.`)),
  field: ["token"],
});

/** The answer to a repetition: the same membership, which does not come back by it when it was ended since. */
async function alreadyAccepted(
  tools: CompanyTools,
  { membershipId, acceptedBy }: InvitationDocument,
  userId: Types.ObjectId,
): Promise<MembershipResult> {
  const { models } = tools;
  const membership = acceptedBy?.equals(userId)
    ? await models.Membership.findOne({ _id: membershipId, userId }).lean<MembershipDocument | null>()
    : null;
  if (!membership) return refused(noSuchInvitation());
  await outdateSessions(tools, userId);
  return { membership, userErrors: [] };
}

/** From now on nobody else accepts the invitation. @returns undefined when it does not count any more */
async function claim(
  { models }: CompanyTools,
  _id: Types.ObjectId,
  userId: Types.ObjectId,
): Promise<InvitationDocument | undefined> {
  const now = Date.now();
  const claimed = await models.Invitation.findOneAndUpdate(
    {
      ...{ _id, isOpen: true },
      $or: [
        { acceptedBy: userId, expiresAt: { $gt: new Date(now - acceptingMs) } },
        { acceptedBy: { $exists: false }, expiresAt: { $gt: new Date(now) } },
      ],
    },
    { $set: { acceptedBy: userId }, $inc: { version: 1 } },
    { returnDocument: "after" },
  ).lean<InvitationDocument | null>();
  return claimed ?? undefined;
}

/** There was no room: once there is, the invitation may be accepted after all. */
async function giveBack({ models }: CompanyTools, _id: Types.ObjectId, userId: Types.ObjectId): Promise<void> {
  await models.Invitation.updateOne(
    { _id, isOpen: true, acceptedBy: userId },
    { $unset: { acceptedBy: 1 }, $inc: { version: 1 } },
  );
}

/** @returns false when the invitation was closed meanwhile, unless another request has finished it with the membership */
async function finish(
  { models, ...tools }: CompanyTools,
  { _id }: InvitationDocument,
  { _id: membershipId, companyId }: MembershipDocument,
): Promise<boolean> {
  const data = { membershipId: membershipId.toHexString(), companyId: companyId.toHexString() };
  const { $push, $set } = pushOutbox(outboxEntry("companyInvitation.accepted", actorIn(tools), data));
  const { matchedCount } = await models.Invitation.updateOne(
    { _id, isOpen: true },
    { $set: { isOpen: false, acceptedAt: new Date(), membershipId, ...$set }, $push, $inc: { version: 1 } },
  );
  return matchedCount === 1 || (await models.Invitation.exists({ _id, membershipId })) !== null;
}

/** Ends a membership that was made too late. */
async function takeBack(tools: CompanyTools, { _id: membershipId, companyId }: MembershipDocument): Promise<void> {
  const change = await decideChange(tools.models, { membershipId, companyId, actor: actorIn(tools) }).catch(
    whenGone(undefined),
  );
  if (change) await carryOut(tools, companyId, change);
}
