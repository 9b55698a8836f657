// Every DataLoader of this subgraph: one database command for all keys of a request. What the viewer may not read is
// null here already, whichever way a query came (`_entities` passes by the rules of Query).
import { groupByKey, type LoaderFactory, orderByKey } from "@tradegraph/kit/loader";
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { managesMembers, seesEverything, seesPrivately, visibleUser } from "./access.ts";
import {
  companiesBelow,
  type EffectiveMembership,
  mostInherited,
  nearestMembership,
  parseMembershipId,
  withInherited,
} from "./effective-memberships.ts";
import { type Models } from "./models.ts";
import { type CompanyDocument } from "./models/company.ts";
import { type InvitationDocument } from "./models/invitation.ts";
import { type MembershipDocument, mostMemberships } from "./models/membership.ts";
import { type UserRecord } from "./models/user.ts";
import { operationListLoaders } from "./operation-list-loaders.ts";

export type Loaders = ReturnType<typeof createLoaders>;

type Id = string | Types.ObjectId;

const idOf = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();

/** Ids that are no ids have no document: `_entities` must answer null, not fail the batch. */
const validIds = (ids: readonly Id[]) =>
  ids.filter((id) => isObjectIdText(String(id))).map((id) => new Types.ObjectId(id));

export function createLoaders(models: Models, createLoader: LoaderFactory, viewer: Viewer) {
  const userById = createLoader("userById", async (ids: readonly Id[]) => {
    const rows = await models.User.find({ _id: { $in: validIds(ids) } }).lean<UserRecord[]>();
    return orderByKey(
      ids,
      rows.map((row) => visibleUser(row, viewer)),
      idOf,
    );
  });
  return { userById, ...companyLoaders(models, createLoader, viewer), ...operationListLoaders(models, createLoader) };
}

/** Companies that come down to all people of one list; far more than a page of ordinary buyers has. */
const mostInBatch = 5 * mostInherited;

function companyLoaders(models: Models, createLoader: LoaderFactory, viewer: Viewer) {
  const seesAll = seesEverything(viewer);

  /** Without those that come down from companies above. */
  const directMemberships = createLoader("directMemberships", async (ids: readonly Id[]) => {
    const userIds = validIds(ids.filter((id) => seesPrivately(viewer, String(id))));
    if (userIds.length === 0) return ids.map(() => []);
    const rows = await models.Membership.find({ userId: { $in: userIds } }).lean<MembershipDocument[]>();
    return groupByKey(ids, rows, ({ userId }) => userId.toHexString());
  });
  const membershipsByUser = createLoader("membershipsByUser", async (ids: readonly Id[]) => {
    const direct = await Promise.all(ids.map((id) => directMemberships.load(id)));
    const below = await companiesBelow(models, direct.flat(), mostInBatch);
    return direct.map((own) => withInherited(own, below).slice(0, mostMemberships));
  });
  /** The viewer's own, of which there are at most 100; read once a request. */
  const ownMemberships = async (): Promise<MembershipDocument[]> =>
    viewer.userId === undefined ? [] : directMemberships.load(viewer.userId);

  const companyById = createLoader("companyById", async (ids: readonly Id[]) => {
    const own = seesAll ? [] : (await ownMemberships()).map(({ companyId }) => companyId);
    const wanted = validIds(ids);
    if (wanted.length === 0 || (!seesAll && own.length === 0)) return ids.map(() => null);
    const visible = seesAll ? {} : { $or: [{ _id: { $in: own } }, { path: { $in: own } }] };
    const rows = await models.Company.find({ _id: { $in: wanted }, ...visible })
      .hint({ _id: 1 })
      .lean<CompanyDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  /** What the viewer may do in a company, undefined where it does not act for it. */
  const membershipIn = async (companyId: Id): Promise<EffectiveMembership | undefined> => {
    const own = await ownMemberships();
    const direct = own.find((membership) => membership.companyId.toHexString() === String(companyId));
    if (direct || own.length === 0) return direct;
    const company = await companyById.load(companyId);
    return company ? nearestMembership(own, company) : undefined;
  };
  const managesMembersOf = async (companyId: Id): Promise<boolean> => {
    const mine = seesAll ? undefined : await membershipIn(companyId);
    return seesAll || (mine !== undefined && managesMembers(mine));
  };

  const membershipById = createLoader("membershipById", async (ids: readonly Id[]) => {
    const places = ids.map((id) => parseMembershipId(String(id)));
    const membershipIds = places.flatMap((place) => place?.membershipId ?? []);
    if (membershipIds.length === 0 || (!seesAll && (await ownMemberships()).length === 0)) return ids.map(() => null);
    const rows = await models.Membership.find({ _id: { $in: membershipIds } })
      .hint({ _id: 1 })
      .lean<MembershipDocument[]>();
    const byId = new Map(rows.map((row) => [idOf(row), row]));
    return Promise.all(
      places.map(async (place): Promise<EffectiveMembership | null> => {
        const found = place && byId.get(place.membershipId.toHexString());
        if (!found) return null;
        if (place.companyId) return comeDown(found, place.companyId);
        const isVisible = found.userId.toHexString() === viewer.userId || (await managesMembersOf(found.companyId));
        return isVisible ? found : null;
      }),
    );
  });
  /** What a membership gives in a company below, null where a nearer one counts. */
  async function comeDown(
    membership: MembershipDocument,
    companyId: Types.ObjectId,
  ): Promise<EffectiveMembership | null> {
    const [own, company] = await Promise.all([directMemberships.load(membership.userId), companyById.load(companyId)]);
    const found = company ? nearestMembership(own, company) : undefined;
    return found?.inheritedFrom && found._id.equals(membership._id) ? found : null;
  }

  /** The companies the viewer acts for: see `mostInherited` for how many of those below. */
  const ownCompanies = async (): Promise<CompanyDocument[]> => {
    const memberships = await ownMemberships();
    if (memberships.length === 0) return [];
    const companyIds = memberships.map(({ companyId }) => companyId);
    const [own, below] = await Promise.all([
      companyById.loadMany(companyIds),
      models.Company.find({ path: { $in: companyIds } })
        .sort({ _id: 1 })
        .hint({ tenantId: 1, path: 1, _id: 1 })
        .limit(mostInherited)
        .lean<CompanyDocument[]>(),
    ]);
    const found = own.filter((company): company is CompanyDocument => company !== null && !(company instanceof Error));
    for (const company of below) companyById.prime(company._id, company);
    return [...new Map([...found, ...below].map((company) => [idOf(company), company])).values()];
  };

  /** Open ones, at most 100 of a company; null for who does not manage its members. */
  const invitationsByCompany = createLoader("invitationsByCompany", async (ids: readonly Id[]) => {
    const managed = await Promise.all(ids.map(managesMembersOf));
    const companyIds = validIds(ids.filter((_, index) => managed[index]));
    if (companyIds.length === 0) return ids.map(() => null);
    const open = { isOpen: true, expiresAt: { $gt: new Date() } };
    const rows = await models.Invitation.find({ companyId: { $in: companyIds }, ...open })
      .hint({ tenantId: 1, companyId: 1, slot: 1 })
      .lean<InvitationDocument[]>();
    rows.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    const lists = groupByKey(ids, rows, ({ companyId }) => companyId.toHexString());
    return lists.map((list, index) => (managed[index] ? list : null));
  });
  return {
    companyById,
    invitationsByCompany,
    managesMembersOf,
    membershipById,
    membershipIn,
    membershipsByUser,
    ownCompanies,
    ownMemberships,
  };
}
