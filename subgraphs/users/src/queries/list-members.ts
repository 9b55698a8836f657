import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Types } from "mongoose";
import { type EffectiveMembership } from "../effective-memberships.ts";
import { type Loaders } from "../loaders.ts";
import { type Models } from "../models.ts";
import { type MembershipDocument } from "../models/membership.ts";
import { pageOfFew } from "./page-of-few.ts";

/**
 * The people of a company, in the order they came: all with a membership of its own for staff and who manages members,
 * else the viewer alone, also by a membership that comes down from above.
 */
export async function listMembers(
  { models, loaders }: { models: Models; loaders: Loaders },
  companyId: Types.ObjectId,
  args: ConnectionArguments,
  limit: number,
): Promise<Connection<EffectiveMembership>> {
  const filter = { companyId };
  const page = { args, sort: { path: "_id", direction: 1 as const }, filter, limit };
  if (!(await loaders.managesMembersOf(companyId))) {
    const mine = await loaders.membershipIn(companyId);
    return pageOfFew(mine ? [mine] : [], page);
  }
  const hint = { tenantId: 1, companyId: 1, _id: 1 } as const;
  return readConnection(
    page,
    ({ filter, sort, limit }) =>
      models.Membership.find(filter).sort(sort).limit(limit).hint(hint).lean<MembershipDocument[]>(),
    (most) => models.Membership.countDocuments(filter, { limit: most, hint }),
  );
}
