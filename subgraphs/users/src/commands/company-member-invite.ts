import { forbidden } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { outboxEntry, pushOutbox, withOutbox } from "@tradegraph/kit/outbox";
import { mayGiveRole } from "../company-permissions.ts";
import { isUserError, storedMoney } from "../company-input.ts";
import { emailKey, isEmail } from "../email.ts";
import { type CompanyMemberInviteInput } from "../generated/resolvers.ts";
import { invitationMail } from "../mail/invitation.ts";
import { type Links } from "../mail/links.ts";
import { type Models } from "../models.ts";
import { type CompanyDocument } from "../models/company.ts";
import { acceptingMs, type InvitationDocument, invitationLifetimeMs, mostInvitations } from "../models/invitation.ts";
import { type UserDocument } from "../models/user.ts";
import { hashOf, makeToken } from "../one-time-token.ts";
import { invalidInput, limitReached, tooManyAttempts, type UserErrorRecord } from "../user-errors.ts";
import { actorIn, changedMeanwhile, type CompanyTools, managedCompany, ownUserId } from "./company-tools.ts";
import { isDuplicate, pickFree } from "./membership-add.ts";
import { queueMail } from "./queue-mail.ts";
import { reserveAttempt } from "./reserve-attempt.ts";

export interface InvitationTools extends CompanyTools {
  links: Links;
}

export interface InvitationResult {
  invitation?: InvitationDocument;
  userErrors: UserErrorRecord[];
}

const refused = (...userErrors: UserErrorRecord[]): InvitationResult => ({ userErrors });

const alreadyInvited = () =>
  invalidInput("email", "This address has an open invitation; take it back to send another.");

/** Whoever writes to others through us can be found by their own address. */
const unproved = (): UserErrorRecord => ({
  __typename: "InvalidInputError",
  message: "Prove your own e-mail address first, by the link in the message to it; then invite others.",
});

const mostRounds = 20;

/**
 * Invites a person by e-mail to act for a company. An address has one open invitation of a company, and a company has 100
 * at most. Nobody learns here whether an address has an account. Messages that others get are limited: by whom they reach, who sends
 * them, and from where; taking an invitation back gives none back.
 *
 * @throws PublicError NOT_FOUND and FORBIDDEN as `managedCompany` does, FORBIDDEN for a role above the viewer's own
 */
export async function companyMemberInvite(
  tools: InvitationTools,
  input: CompanyMemberInviteInput,
): Promise<InvitationResult> {
  const { models, viewer } = tools;
  const companyId = toObjectId(input.companyId, "companyId");
  const { company, membership } = await managedCompany(tools, companyId, "members:manage");
  if (membership && !mayGiveRole(membership.role, input.role))
    throw forbidden("Nobody gives a role above the own one.");
  const email = input.email.trim();
  const limit = storedMoney(input.spendingLimit, "spendingLimit");
  const errors = [
    ...(isEmail(email) ? [] : [invalidInput("email", "Give an e-mail address such as anna@example.com.")]),
    ...(isUserError(limit) ? [limit] : []),
  ];
  if (errors.length > 0 || isUserError(limit)) return refused(...errors);
  const emailLower = emailKey(email);
  if (await isMember(models, company, emailLower))
    return refused(invalidInput("email", "This person acts for the company already."));
  const inviter = await models.User.findById(ownUserId(viewer)).lean<UserDocument | null>();
  if (membership && inviter?.emailLower === emailLower)
    return refused(invalidInput("email", "Nobody invites themselves; you act for this company already."));
  if (!inviter?.emailVerifiedAt) return refused(unproved());
  const attempter = { account: inviter._id.toHexString(), recipient: emailLower, address: viewer.address };
  const attempt = await reserveAttempt(models, "invitation", attempter);
  if (attempt.retryAt) return refused(tooManyAttempts(attempt.retryAt, "input", "email"));

  const token = makeToken();
  const expiresAt = new Date(Date.now() + invitationLifetimeMs);
  const invitation = await insertInvitation(tools, {
    ...{
      companyId,
      email,
      emailLower,
      role: input.role,
      spendingPeriod: input.spendingPeriod ?? "month",
    },
    ...(limit && { spendingLimit: limit }),
    ...{ tokenHash: hashOf(token), expiresAt, invitedBy: inviter._id },
  });
  if ("__typename" in invitation) {
    await attempt.release();
    return refused(invitation);
  }
  await attempt.fail();
  // A message that is lost here is sent by taking the invitation back and inviting again.
  const name = `${inviter.firstName} ${inviter.lastName}`;
  const link = tools.links.invitation(token);
  const mail = invitationMail({ to: email, companyName: company.name, inviter: name, link, expiresAt });
  await queueMail(tools, "invitation", { kind: "message", mail });
  return { invitation, userErrors: [] };
}

/** Of its own; who acts for it from above may well get one. */
async function isMember(models: Models, { _id: companyId }: CompanyDocument, emailLower: string): Promise<boolean> {
  const user = await models.User.findOne({ emailLower }, { _id: 1 }).lean();
  return user !== null && (await models.Membership.exists({ userId: user._id, companyId })) !== null;
}

type NewInvitation = Pick<
  InvitationDocument,
  "companyId" | "email" | "emailLower" | "role" | "spendingPeriod" | "tokenHash" | "expiresAt" | "invitedBy"
>;

/** Takes a free place of the company's 100, as `addMembership` does. */
async function insertInvitation(
  tools: CompanyTools,
  wanted: NewInvitation,
): Promise<InvitationDocument | UserErrorRecord> {
  const { models } = tools;
  const { companyId, emailLower, role } = wanted;
  await closeLapsed(tools, wanted);
  for (let round = 0; round < mostRounds; round += 1) {
    const open = await models.Invitation.find({ companyId, isOpen: true }, { slot: 1, emailLower: 1 })
      .hint({ tenantId: 1, companyId: 1, slot: 1 })
      .limit(mostInvitations)
      .lean<Pick<InvitationDocument, "slot" | "emailLower">[]>();
    if (open.some((other) => other.emailLower === emailLower)) return alreadyInvited();
    const slot = pickFree(mostInvitations, new Set(open.map((other) => other.slot)));
    if (slot === undefined)
      return limitReached(mostInvitations, `A company has ${mostInvitations} open invitations at most.`);
    const entry = outboxEntry("companyMember.invited", actorIn(tools), { companyId: companyId.toHexString(), role });
    try {
      return (await models.Invitation.create({ ...wanted, slot, isOpen: true, ...withOutbox(entry) })).toObject();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  throw changedMeanwhile();
}

/** Those that nobody may accept any more make room. */
async function closeLapsed(tools: CompanyTools, { companyId }: NewInvitation): Promise<void> {
  const lapsed = {
    ...{ companyId, isOpen: true },
    $or: [
      { expiresAt: { $lte: new Date() }, acceptedBy: { $exists: false } },
      { expiresAt: { $lte: new Date(Date.now() - acceptingMs) } },
    ],
  };
  const found = await tools.models.Invitation.find(lapsed, { _id: 1 })
    .hint({ tenantId: 1, companyId: 1, slot: 1 })
    .limit(mostInvitations)
    .lean<Pick<InvitationDocument, "_id">[]>();
  if (found.length === 0) return;
  await tools.models.Invitation.bulkWrite(
    found.map(({ _id }) => {
      const { $push, $set } = pushOutbox(outboxEntry("companyInvitation.lapsed", actorIn(tools)));
      const update = { $set: { isOpen: false, ...$set }, $push, $inc: { version: 1 } };
      return { updateOne: { filter: { _id, ...lapsed }, update } };
    }),
    { ordered: false },
  );
}
