import { notFound } from "@tradegraph/kit/errors";
import { seesEverything } from "../access.ts";
import { parseMembershipId } from "../effective-memberships.ts";
import { type MembershipDocument } from "../models/membership.ts";
import { lastAdmin, type MembershipResult } from "./company-member-update.ts";
import { actorIn, type CompanyTools, managedCompany, managesFromAbove } from "./company-tools.ts";
import { carryOut, decideChange } from "./membership-changes.ts";

/**
 * Ends a membership: the viewer's own, or another's. A company at the top keeps its last administrator. Below it nobody
 * sheds a restriction: where another membership would come down instead, the own one is ended by who manages the members.
 * What the person's tokens say is outdated at once.
 *
 * @throws PublicError NOT_FOUND and FORBIDDEN as `managedCompany` does, for memberships of others
 */
export async function companyMemberRemove(tools: CompanyTools, id: string): Promise<MembershipResult> {
  const { models, viewer } = tools;
  const place = parseMembershipId(id);
  if (place?.companyId) {
    const message = "This membership comes from the company above; end it there.";
    return { userErrors: [{ __typename: "InvalidInputError", message, field: ["id"] }] };
  }
  const found = place && (await models.Membership.findById(place.membershipId).lean<MembershipDocument | null>());
  if (!found) throw notFound("There is no such membership.");
  if (found.userId.toHexString() !== viewer.userId) await managedCompany(tools, found.companyId, "members:manage");
  else if (!seesEverything(viewer) && (await managesFromAbove(models, found)) === false) {
    const message = "Your membership in the company above would hold here instead; ask who manages the members.";
    return { userErrors: [{ __typename: "InvalidInputError", message, field: ["id"] }] };
  }
  const wanted = { membershipId: found._id, companyId: found.companyId, actor: actorIn(tools) };
  const change = await decideChange(models, wanted);
  if (!change) return { userErrors: [lastAdmin()] };
  await carryOut(tools, found.companyId, change);
  return { userErrors: [] };
}
