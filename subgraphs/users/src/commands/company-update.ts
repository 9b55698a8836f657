import { forbidden } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type Types } from "mongoose";
import { seesEverything } from "../access.ts";
import { companyTextErrors, companyTextFields, isUserError, storedMoney } from "../company-input.ts";
import { type CompanyUpdateInput } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { type CompanyDocument } from "../models/company.ts";
import { type MembershipDocument, mostMembers } from "../models/membership.ts";
import { type UserErrorRecord } from "../user-errors.ts";
import { type CompanyResult } from "./company-create.ts";
import { actorIn, changedMeanwhile, type CompanyTools, managedCompany } from "./company-tools.ts";
import { outdateSessions } from "./end-sessions.ts";
import { unlessTaxIdTaken } from "./unless-tax-id-taken.ts";

/** Fields that follow others; nobody hears of them. */
const followers = ["nameSort", "taxIdIndex", "hasTaxId"];

/** What only staff change. */
const staffFields = ["status", "creditLimit", "paymentTerms"] as const;

/**
 * Changes a company's data; absent fields stay. A change of state takes effect on the scopes of its people at once.
 *
 * @throws PublicError NOT_FOUND and FORBIDDEN as `managedCompany` does, FORBIDDEN for fields of staff, CONFLICT when
 *   somebody else changed it meanwhile
 */
export const companyUpdate = (tools: CompanyTools, input: CompanyUpdateInput): Promise<CompanyResult> =>
  unlessTaxIdTaken(update(tools, input));

async function update(tools: CompanyTools, input: CompanyUpdateInput): Promise<CompanyResult> {
  const { models, viewer } = tools;
  const { company } = await managedCompany(tools, toObjectId(input.id), "company:manage");
  if (!seesEverything(viewer) && staffFields.some((field) => input[field] !== undefined))
    throw forbidden("Only staff change credit, terms and state of a company.");
  const credit = storedMoney(input.creditLimit, "creditLimit");
  const errors: UserErrorRecord[] = [...companyTextErrors(input), ...(isUserError(credit) ? [credit] : [])];
  if (errors.length > 0 || isUserError(credit)) return { userErrors: errors };

  const set: Partial<CompanyDocument> = {
    ...companyTextFields(input, tools.cipher),
    ...(input.status && { status: input.status }),
    ...(credit && { creditLimit: credit }),
    ...(input.paymentTerms && { paymentTerms: input.paymentTerms }),
  };
  const unset = clearedFields(input);
  const changes = [...Object.keys(set), ...Object.keys(unset)].filter((field) => !followers.includes(field));
  if (changes.length === 0) return { company, userErrors: [] };
  const { $push, $set } = pushOutbox(outboxEntry("company.updated", actorIn(tools), { changes }));
  const update = {
    $set: { ...set, ...("taxId" in unset && { hasTaxId: false }), ...$set },
    $push,
    $inc: { version: 1 },
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
  };
  const filter = { _id: company._id, version: company.version };
  const updated = await models.Company.findOneAndUpdate(filter, update, {
    returnDocument: "after",
  }).lean<CompanyDocument | null>();
  if (!updated) throw changedMeanwhile();
  // Also when the state stays: an earlier call may have been cut off right here.
  if (input.status) await outdateMembers(tools, updated);
  return { company: updated, userErrors: [] };
}

/** What null, or empty text, takes away. */
const clearedFields = ({ taxId, creditLimit }: CompanyUpdateInput): Record<string, 1> => ({
  ...((taxId === null || taxId?.trim() === "") && { taxId: 1, taxIdIndex: 1 }),
  ...(creditLimit === null && { creditLimit: 1 }),
});

/** How many people's sessions are outdated at a time. */
const atOnce = 20;

/** For everybody who acts for the company, also from above. */
async function outdateMembers(tools: CompanyTools, { _id, path }: CompanyDocument): Promise<void> {
  for (const companyId of [_id, ...path]) {
    const userIds = await memberIds(tools.models, companyId);
    for (let from = 0; from < userIds.length; from += atOnce)
      await Promise.all(userIds.slice(from, from + atOnce).map((userId) => outdateSessions(tools, userId)));
  }
}

async function memberIds(models: Models, companyId: Types.ObjectId): Promise<Types.ObjectId[]> {
  const rows = await models.Membership.find({ companyId }, { userId: 1 })
    .hint({ tenantId: 1, companyId: 1, _id: 1 })
    .limit(mostMembers)
    .lean<Pick<MembershipDocument, "userId">[]>();
  return rows.map(({ userId }) => userId);
}
