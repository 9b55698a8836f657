// A membership in a company holds in all companies below it, with the same role, unless the person has a membership of
// its own there: the nearest one counts. The graph gives one that came down an id of its own, made of both ids.
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { Types } from "mongoose";
import { type Models } from "./models.ts";
import { type CompanyDocument } from "./models/company.ts";
import { type MembershipDocument, mostMemberships, oldestFirst } from "./models/membership.ts";

/** What a person may do in a company. `companyId` is that company, also where the membership comes from above. */
export interface EffectiveMembership extends MembershipDocument {
  /** The company of the membership itself; absent for one of its own. */
  inheritedFrom?: Types.ObjectId;
}

/** Most companies that come down to a person; of more the list leaves some out, while each still counts when named. */
export const mostInherited = 1_000;

type Place = Pick<CompanyDocument, "_id" | "path">;

/**
 * The membership that counts in a company, of all that a person has.
 *
 * @param own of one person
 */
export function nearestMembership(own: readonly MembershipDocument[], company: Place): EffectiveMembership | undefined {
  const byCompany = new Map(own.map((membership) => [membership.companyId.toHexString(), membership]));
  const direct = byCompany.get(company._id.toHexString());
  if (direct) return direct;
  const above = company.path.findLast((id) => byCompany.has(id.toHexString()));
  const membership = above && byCompany.get(above.toHexString());
  return membership && { ...membership, companyId: company._id, inheritedFrom: above };
}

/**
 * What a person may do in one company, by two reads of an index.
 *
 * @returns undefined when the person does not act for it, or there is no such company
 */
export async function effectiveMembership(
  models: Models,
  userId: Types.ObjectId,
  companyId: Types.ObjectId,
): Promise<EffectiveMembership | undefined> {
  const found = await membershipsAround(models, userId, companyId);
  return found && nearestMembership(found.own, found.company);
}

/** What would come down to a person in a company without the person's own membership there. */
export async function membershipFromAbove(
  models: Models,
  { userId, companyId }: Pick<MembershipDocument, "userId" | "companyId">,
): Promise<EffectiveMembership | undefined> {
  const found = await membershipsAround(models, userId, companyId);
  return (
    found &&
    nearestMembership(
      found.own.filter((one) => !one.companyId.equals(companyId)),
      found.company,
    )
  );
}

/** A company, and a person's memberships in it and in those above. */
async function membershipsAround(models: Models, userId: Types.ObjectId, companyId: Types.ObjectId) {
  const company = await models.Company.findById(companyId, { path: 1 }).lean<Place | null>();
  if (!company) return undefined;
  const own = await models.Membership.find({ userId, companyId: { $in: [company._id, ...company.path] } })
    .hint({ tenantId: 1, userId: 1, companyId: 1 })
    .lean<MembershipDocument[]>();
  return { company, own };
}

/**
 * Everything a person may act for: own memberships, oldest first, then those that come down, of which there are at most
 * {@link mostInherited}.
 */
export async function effectiveMemberships(models: Models, userId: Types.ObjectId): Promise<EffectiveMembership[]> {
  const own = await models.Membership.find({ userId })
    .hint({ tenantId: 1, userId: 1, companyId: 1 })
    .limit(mostMemberships)
    .lean<MembershipDocument[]>();
  return withInherited(own, await companiesBelow(models, own));
}

/** The companies below those of the memberships, by id. */
export async function companiesBelow(
  models: Models,
  memberships: readonly MembershipDocument[],
  most = mostInherited,
): Promise<Place[]> {
  if (memberships.length === 0) return [];
  const companyIds = memberships.map(({ companyId }) => companyId);
  return models.Company.find({ path: { $in: companyIds } }, { path: 1 })
    .sort({ _id: 1 })
    .hint({ tenantId: 1, path: 1, _id: 1 })
    .limit(most)
    .lean<Place[]>();
}

/** Own memberships, oldest first, then what they give in the companies below. @param own of one person */
export function withInherited(own: readonly MembershipDocument[], below: readonly Place[]): EffectiveMembership[] {
  const inherited = below.flatMap((company) => {
    const found = nearestMembership(own, company);
    return found?.inheritedFrom ? [found] : [];
  });
  return [...own].sort(oldestFirst).concat(inherited);
}

/** The id in the graph: of one that came down, both ids. @example "665f…01-665f…02" */
export const membershipIdText = ({ _id, companyId, inheritedFrom }: EffectiveMembership): string =>
  inheritedFrom ? `${_id.toHexString()}-${companyId.toHexString()}` : _id.toHexString();

/** @returns undefined for what is no such id; `companyId` only for a membership that came down */
export function parseMembershipId(
  text: string,
): { membershipId: Types.ObjectId; companyId?: Types.ObjectId } | undefined {
  const [membershipId = "", companyId, ...rest] = text.split("-");
  if (!isObjectIdText(membershipId) || rest.length > 0) return undefined;
  if (companyId === undefined) return { membershipId: new Types.ObjectId(membershipId) };
  if (!isObjectIdText(companyId)) return undefined;
  return { membershipId: new Types.ObjectId(membershipId), companyId: new Types.ObjectId(companyId) };
}
