import { forbidden } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type Actor, outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { companyTextErrors, companyTextFields } from "../company-input.ts";
import { mostInherited } from "../effective-memberships.ts";
import { type CompanyCreateInput } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { type CompanyDocument, deepestPath } from "../models/company.ts";
import { mostMemberships } from "../models/membership.ts";
import { limitReached, type UserErrorRecord } from "../user-errors.ts";
import { actorIn, type CompanyTools, managedCompany, ownUserId } from "./company-tools.ts";
import { addMembership, hasRoomForMembership } from "./membership-add.ts";
import { markSettled } from "./membership-changes.ts";
import { recordSecurity } from "./record-security.ts";
import { unlessTaxIdTaken } from "./unless-tax-id-taken.ts";

export interface CompanyResult {
  company?: CompanyDocument;
  userErrors: UserErrorRecord[];
}

const refused = (...userErrors: UserErrorRecord[]): CompanyResult => ({ userErrors });

const noRoom = () =>
  limitReached(mostMemberships, `A person acts for ${mostMemberships} companies at most; leave one of them first.`);

/**
 * Founds a company, which staff check before it may trade. At the top the founder gets a membership: two writes, so the
 * company remembers its founder until the second is done, and the worker of `settle-companies.ts` does it otherwise.
 * Below another company the membership there comes down, and nothing else is needed.
 *
 * @throws PublicError FORBIDDEN to staff without a company above, and without the permission in that company
 */
export const companyCreate = (tools: CompanyTools, input: CompanyCreateInput): Promise<CompanyResult> =>
  unlessTaxIdTaken(create(tools, input));

async function create(tools: CompanyTools, input: CompanyCreateInput): Promise<CompanyResult> {
  const errors = companyTextErrors(input);
  if (errors.length > 0) return refused(...errors);
  const { models, viewer } = tools;
  const founderId = ownUserId(viewer);
  const actor = actorIn(tools);
  const fields = {
    ...companyTextFields(input, tools.cipher),
    _id: new Types.ObjectId(),
    status: "pending" as const,
    ...withOutbox(outboxEntry("company.created", actor)),
  };
  if (input.parentId) return createBelow(tools, toObjectId(input.parentId, "parentId"), fields);
  if (viewer.role === "admin") throw forbidden("Staff check companies; customers and suppliers found them.");
  if (!(await hasRoomForMembership(models, founderId))) return refused(noRoom());
  const created = await models.Company.create({ ...fields, founderId, isUnsettled: true });
  const company = created.toObject();
  return (await giveFounder(models, company, actor)) ? { company, userErrors: [] } : refused(noRoom());
}

async function createBelow(tools: CompanyTools, parentId: Types.ObjectId, fields: object): Promise<CompanyResult> {
  const { models } = tools;
  const { company: parent } = await managedCompany(tools, parentId, "company:manage");
  const path = [...parent.path, parentId];
  if (path.length > deepestPath)
    return refused(limitReached(deepestPath, `There are at most ${deepestPath} companies above one.`, "parentId"));
  // Not exact when many come at once, which is no matter: what is read is bounded by itself.
  const [top] = path;
  const size = await models.Company.countDocuments({ path: top }, { limit: mostInherited }).hint({
    tenantId: 1,
    path: 1,
    _id: 1,
  });
  if (size >= mostInherited)
    return refused(limitReached(mostInherited, `A group has at most ${mostInherited} companies.`, "parentId"));
  const created = await models.Company.create({ ...fields, parentId, path });
  return { company: created.toObject(), userErrors: [] };
}

/**
 * Gives the founder of a new company its membership; repeating it does no harm.
 *
 * @returns false when the founder has no room for one by now: the company is gone then
 */
export async function giveFounder(
  models: Models,
  { _id: companyId, founderId }: Pick<CompanyDocument, "_id" | "founderId">,
  actor: Actor,
): Promise<boolean> {
  if (founderId) {
    const role = "company_admin" as const;
    const added = await addMembership(models, { userId: founderId, companyId, role, spendingPeriod: "month" }, actor);
    if (typeof added === "string") {
      // The last place was taken between the look and this; nobody but the founder has seen the company.
      await models.Company.deleteOne({ _id: companyId, founderId });
      const subject = { type: "Company", id: companyId.toHexString() };
      await recordSecurity(models, {
        ...{ action: "company.created", outcome: "failed", actor, subject, code: "LIMIT_REACHED" },
      });
      return false;
    }
    await models.Company.updateOne({ _id: companyId, founderId }, { $unset: { founderId: 1 } });
  }
  await markSettled(models, companyId);
  return true;
}
