import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type Types } from "mongoose";
import { managesMembers, seesEverything } from "../access.ts";
import { type Loaders } from "../loaders.ts";
import { type Models } from "../models.ts";
import { type MembershipDocument } from "../models/membership.ts";
import { pageOfFew } from "./page-of-few.ts";

/** The people of a company, in the order they came: all for staff and who manages members, else the viewer alone. */
export async function listMembers(
  { models, loaders, viewer }: { models: Models; loaders: Loaders; viewer: Viewer },
  companyId: Types.ObjectId,
  args: ConnectionArguments,
  limit: number,
): Promise<Connection<MembershipDocument>> {
  const filter = { companyId };
  const page = { args, sort: { path: "_id", direction: 1 as const }, filter, limit };
  const own = (await loaders.ownMemberships()).filter((membership) => membership.companyId.equals(companyId));
  if (!seesEverything(viewer) && !own.some(managesMembers)) return pageOfFew(own, page);
  const hint = { tenantId: 1, companyId: 1, _id: 1 } as const;
  return readConnection(
    page,
    ({ filter, sort, limit }) =>
      models.Membership.find(filter).sort(sort).limit(limit).hint(hint).lean<MembershipDocument[]>(),
    (most) => models.Membership.countDocuments(filter, { limit: most, hint }),
  );
}
