import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type Types } from "mongoose";
import { type MembershipDocument, mostMemberships } from "../models/membership.ts";
import { type SessionTools } from "./end-sessions.ts";
import { carryOut, decideChange, whenGone } from "./membership-changes.ts";

/**
 * Ends all memberships of a person. A company may lose its last administrator by it: the person's right goes first, and
 * staff name another one.
 *
 * @returns how many were ended
 */
export async function eraseMemberships(
  tools: SessionTools & { actor: Actor },
  userId: Types.ObjectId,
): Promise<number> {
  const memberships = await tools.models.Membership.find({ userId })
    .hint({ tenantId: 1, userId: 1, companyId: 1 })
    .limit(mostMemberships)
    .lean<MembershipDocument[]>();
  for (const membership of memberships) await endMembership(tools, membership);
  return memberships.length;
}

async function endMembership(tools: SessionTools & { actor: Actor }, membership: MembershipDocument): Promise<void> {
  const { models, actor } = tools;
  const { _id: membershipId, companyId, userId } = membership;
  const decided = await decideChange(models, { membershipId, companyId, actor }).catch(
    // The membership goes all the same.
    whenGone({ membershipId, userId }),
  );
  if (!decided) {
    const data = { membershipId: membershipId.toHexString(), userId: userId.toHexString() };
    const { $push, $set } = pushOutbox(outboxEntry("companyMember.removed", actor, data));
    await models.Company.updateOne({ _id: companyId }, { $push, $set, $inc: { version: 1 } });
  }
  await carryOut(tools, companyId, decided ?? { membershipId, userId });
}
