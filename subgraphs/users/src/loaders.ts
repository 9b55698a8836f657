// Every DataLoader of this subgraph: one database command for all keys of a request. What the viewer may not read is
// null here already, whichever way a query came (`_entities` passes by the rules of Query).
import { groupByKey, type LoaderFactory, orderByKey } from "@tradegraph/kit/loader";
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { managesMembers, seesEverything, seesPrivately, visibleUser } from "./access.ts";
import { type Models } from "./models.ts";
import { type CompanyDocument } from "./models/company.ts";
import { type MembershipDocument, oldestFirst } from "./models/membership.ts";
import { type UserRecord } from "./models/user.ts";

export type Loaders = ReturnType<typeof createLoaders>;

type Id = string | Types.ObjectId;

const idOf = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();

/** Ids that are no ids have no document: `_entities` must answer null, not fail the batch. */
const validIds = (ids: readonly Id[]) =>
  ids.filter((id) => isObjectIdText(String(id))).map((id) => new Types.ObjectId(id));

export function createLoaders(models: Models, createLoader: LoaderFactory, viewer: Viewer) {
  const seesAll = seesEverything(viewer);

  const userById = createLoader("userById", async (ids: readonly Id[]) => {
    const rows = await models.User.find({ _id: { $in: validIds(ids) } }).lean<UserRecord[]>();
    return orderByKey(
      ids,
      rows.map((row) => visibleUser(row, viewer)),
      idOf,
    );
  });
  const membershipsByUser = createLoader("membershipsByUser", async (ids: readonly Id[]) => {
    const userIds = validIds(ids.filter((id) => seesPrivately(viewer, String(id))));
    if (userIds.length === 0) return ids.map(() => []);
    const rows = await models.Membership.find({ userId: { $in: userIds } }).lean<MembershipDocument[]>();
    return groupByKey(ids, rows.sort(oldestFirst), ({ userId }) => userId.toHexString());
  });
  /** The viewer's own, of which there are at most 100; read once a request. */
  const ownMemberships = async (): Promise<MembershipDocument[]> =>
    viewer.userId === undefined ? [] : membershipsByUser.load(viewer.userId);

  const membershipById = createLoader("membershipById", async (ids: readonly Id[]) => {
    const own = seesAll ? [] : await ownMemberships();
    if (!seesAll && own.length === 0) return ids.map(() => null);
    const managed = own.filter(managesMembers).map(({ companyId }) => companyId);
    const visible = seesAll
      ? {}
      : { $or: [{ _id: { $in: own.map(({ _id }) => _id) } }, { companyId: { $in: managed } }] };
    const rows = await models.Membership.find({ _id: { $in: validIds(ids) }, ...visible })
      .hint({ _id: 1 })
      .lean<MembershipDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  const companyById = createLoader("companyById", async (ids: readonly Id[]) => {
    const own = seesAll ? [] : (await ownMemberships()).map(({ companyId }) => companyId.toHexString());
    const visible = validIds(ids).filter((id) => seesAll || own.includes(id.toHexString()));
    if (visible.length === 0) return ids.map(() => null);
    const rows = await models.Company.find({ _id: { $in: visible } }).lean<CompanyDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  /** The companies the viewer acts for. */
  const ownCompanies = async (): Promise<CompanyDocument[]> => {
    const memberships = await ownMemberships();
    const companies = await Promise.all(memberships.map(({ companyId }) => companyById.load(companyId)));
    return companies.filter((company) => company !== null);
  };
  return { companyById, membershipById, membershipsByUser, ownCompanies, ownMemberships, userById };
}
