import { notFound } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type InvitationDocument } from "../models/invitation.ts";
import { type MembershipDocument } from "../models/membership.ts";
import { type Models } from "../models.ts";
import { type InvitationResult } from "./company-member-invite.ts";
import { actorIn, type CompanyTools, managedCompany } from "./company-tools.ts";

/**
 * Takes an invitation back, also one that is being accepted, as long as there is no membership by it: whoever accepts it
 * finds it closed then, and is no member. One that was taken back before is answered alike.
 *
 * @throws PublicError NOT_FOUND and FORBIDDEN as `managedCompany` does
 */
export async function companyInvitationRevoke(tools: CompanyTools, id: string): Promise<InvitationResult> {
  const { models } = tools;
  const found = await models.Invitation.findById(toObjectId(id)).lean<InvitationDocument | null>();
  if (!found) throw notFound("There is no such invitation.");
  await managedCompany(tools, found.companyId, "members:manage");
  if (found.revokedAt) return { invitation: found, userErrors: [] };
  const { _id, companyId, acceptedBy: userId } = found;
  const isMember = userId && (await models.Membership.exists({ companyId, userId }));
  const { $push, $set } = pushOutbox(outboxEntry("companyInvitation.revoked", actorIn(tools)));
  const revoked = isMember
    ? null
    : await models.Invitation.findOneAndUpdate(
        { _id, isOpen: true },
        { $set: { isOpen: false, revokedAt: new Date(), ...$set }, $push, $inc: { version: 1 } },
        { returnDocument: "after" },
      ).lean<InvitationDocument | null>();
  if (revoked) return { invitation: revoked, userErrors: [] };
  const message = "This invitation is accepted or over; end the membership instead.";
  return { userErrors: [{ __typename: "InvalidInputError", message, field: ["id"] }] };
}

/**
 * Closes what a person was about to accept, or had accepted by a request that died: a membership that ends does not come
 * back by it.
 */
export async function closeAcceptedInvitations(
  models: Models,
  { companyId, userId }: Pick<MembershipDocument, "companyId" | "userId">,
): Promise<void> {
  for (;;) {
    const entry = outboxEntry("companyInvitation.revoked", { role: "service" }, { reason: "membership ended" });
    const { $push, $set } = pushOutbox(entry);
    const { modifiedCount } = await models.Invitation.updateOne(
      { companyId, isOpen: true, acceptedBy: userId },
      { $set: { isOpen: false, revokedAt: new Date(), ...$set }, $push, $inc: { version: 1 } },
      { hint: { tenantId: 1, companyId: 1, slot: 1 } },
    );
    if (modifiedCount === 0) return;
  }
}
