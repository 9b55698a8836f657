import { forbidden, notFound } from "@tradegraph/kit/errors";
import { outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type StoredMoney } from "@tradegraph/kit/money";
import { type UpdateQuery } from "mongoose";
import { seesEverything } from "../access.ts";
import { mayGiveRole } from "../company-permissions.ts";
import { isUserError, storedMoney } from "../company-input.ts";
import { parseMembershipId } from "../effective-memberships.ts";
import { type CompanyMemberUpdateInput } from "../generated/resolvers.ts";
import { type MembershipDocument } from "../models/membership.ts";
import { invalidInput, type UserErrorRecord } from "../user-errors.ts";
import { actorIn, changedMeanwhile, type CompanyTools, managedCompany, managesFromAbove } from "./company-tools.ts";
import { outdateSessions } from "./end-sessions.ts";
import { carryOut, decideChange } from "./membership-changes.ts";

export interface MembershipResult {
  membership?: MembershipDocument;
  userErrors: UserErrorRecord[];
}

export const lastAdmin = (): UserErrorRecord => ({
  __typename: "InvalidInputError",
  message: "This is the company's last administrator; make somebody else one first.",
  field: ["id"],
});

/**
 * Changes role and limit of a member; absent fields stay. Nobody lifts the own limit, unless a membership above makes the
 * viewer manage the members anyway. What the person's tokens say is outdated at once.
 *
 * @throws PublicError NOT_FOUND and FORBIDDEN as `managedCompany` does, FORBIDDEN for a role above the viewer's own,
 *   CONFLICT when somebody else changed it meanwhile
 */
export async function companyMemberUpdate(
  tools: CompanyTools,
  input: CompanyMemberUpdateInput,
): Promise<MembershipResult> {
  const { models } = tools;
  const place = parseMembershipId(input.id);
  if (place?.companyId)
    return { userErrors: [invalidInput("id", "This membership comes from the company above; change it there.")] };
  const found = place && (await models.Membership.findById(place.membershipId).lean<MembershipDocument | null>());
  if (!found) throw notFound("There is no such membership.");
  const { membership: own } = await managedCompany(tools, found.companyId, "members:manage");
  if (own && input.role && !mayGiveRole(own.role, input.role))
    throw forbidden("Nobody gives a role above the own one.");
  const limit = storedMoney(input.spendingLimit, "spendingLimit");
  if (isUserError(limit)) return { userErrors: [limit] };
  const isOwn = found.userId.toHexString() === tools.viewer.userId && !seesEverything(tools.viewer);
  if (isOwn && liftsLimit(found, input, limit) && !(await managesFromAbove(models, found)))
    return { userErrors: [invalidInput("spendingLimit", "Somebody else must lift your own limit; ask them.")] };

  const isDemoted = found.role === "company_admin" && input.role && input.role !== found.role;
  const $set = {
    ...(input.role && !isDemoted && { role: input.role }),
    ...(limit && { spendingLimit: limit }),
    ...(input.spendingPeriod && { spendingPeriod: input.spendingPeriod }),
  };
  const more = { $set, ...(input.spendingLimit === null && { $unset: { spendingLimit: 1 as const } }) };
  const changes = (["role", "spendingLimit", "spendingPeriod"] as const).filter((field) => input[field] !== undefined);
  if (isDemoted && input.role) {
    const wanted = { membershipId: found._id, companyId: found.companyId, role: input.role, changes };
    const change = await decideChange(models, { ...wanted, actor: actorIn(tools) });
    if (!change) return { userErrors: [lastAdmin()] };
    await carryOut(tools, found.companyId, change, more);
  } else if (changes.length > 0) {
    await update(tools, found, more, changes);
    await outdateSessions(tools, found.userId);
  }
  const membership = await models.Membership.findById(found._id).lean<MembershipDocument | null>();
  if (!membership) throw notFound("There is no such membership any more.");
  return { membership, userErrors: [] };
}

/** Whether more may be ordered afterwards, as far as the two can be compared. */
function liftsLimit(
  { spendingLimit: before, spendingPeriod }: MembershipDocument,
  input: CompanyMemberUpdateInput,
  limit: StoredMoney | undefined,
): boolean {
  if (!before) return false;
  if (input.spendingPeriod && input.spendingPeriod !== spendingPeriod) return true;
  if (!limit) return input.spendingLimit === null;
  return limit.currency !== before.currency || limit.amount > before.amount;
}

async function update(
  tools: CompanyTools,
  { _id, version, role: from }: MembershipDocument,
  more: UpdateQuery<MembershipDocument>,
  changes: string[],
): Promise<void> {
  const role = more.$set?.role ?? from;
  const { $push, $set } = pushOutbox(outboxEntry("companyMember.updated", actorIn(tools), { role, changes }));
  const { matchedCount } = await tools.models.Membership.updateOne(
    { _id, version },
    { ...more, $set: { ...more.$set, ...$set }, $push, $inc: { version: 1 } },
  );
  if (matchedCount === 0) throw changedMeanwhile();
}
