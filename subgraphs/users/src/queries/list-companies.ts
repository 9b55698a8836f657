import { badUserInput } from "@tradegraph/kit/errors";
import { type Connection, type ConnectionArguments, type KeysetSort, readConnection } from "@tradegraph/kit/pagination";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type QueryFilter, type Types } from "mongoose";
import { seesEverything } from "../access.ts";
import { type CompanyFilter, type CompanySort } from "../generated/resolvers.ts";
import { type Loaders } from "../loaders.ts";
import { type Models } from "../models.ts";
import { type CompanyDocument } from "../models/company.ts";
import { pageOfFew } from "./page-of-few.ts";

interface CompanyListArguments extends ConnectionArguments {
  filter?: CompanyFilter | null | undefined;
  sort?: CompanySort | null | undefined;
}

/** Whose list it is. */
interface CompanyReader {
  models: Models;
  loaders: Loaders;
  viewer: Viewer;
}

/** The companies of the viewer, all for staff. @param limit longest page where the field stands */
export async function listCompanies(
  { models, loaders, viewer }: CompanyReader,
  args: CompanyListArguments,
  limit: number,
): Promise<Connection<CompanyDocument>> {
  const status = args.filter?.status ?? undefined;
  const prefix = namePrefix(args.filter);
  const filter: QueryFilter<CompanyDocument> = {
    ...(status !== undefined && { status }),
    ...(prefix !== undefined && { nameSort: { $gte: prefix, $lt: prefix + lastCharacter } }),
  };
  const page = { args, sort: companySort(args.sort), filter, limit };
  if (!seesEverything(viewer)) {
    const own = await loaders.ownCompanies();
    const matches = (company: CompanyDocument) =>
      (status === undefined || company.status === status) && company.nameSort.startsWith(prefix ?? "");
    return pageOfFew(own.filter(matches), page);
  }
  const hint = indexFor(filter, page.sort);
  return readConnection(
    page,
    ({ filter, sort, limit }) =>
      models.Company.find(filter).sort(sort).limit(limit).hint(hint).lean<CompanyDocument[]>(),
    (most) => models.Company.countDocuments(filter, { limit: most, hint }),
  );
}

/** The firms right below one, by name; who acts for a firm sees all of them, because memberships come down. */
export async function listChildren(
  { models, loaders }: CompanyReader,
  parentId: Types.ObjectId,
  args: ConnectionArguments,
  limit: number,
): Promise<Connection<CompanyDocument>> {
  const filter = { parentId };
  const page = { args, sort: { path: "nameSort", direction: 1 as const }, filter, limit };
  if (!(await loaders.companyById.load(parentId))) return pageOfFew<CompanyDocument>([], page);
  const hint = { tenantId: 1, parentId: 1, nameSort: 1, _id: 1 } as const;
  return readConnection(
    page,
    ({ filter, sort, limit }) =>
      models.Company.find(filter).sort(sort).limit(limit).hint(hint).lean<CompanyDocument[]>(),
    (most) => models.Company.countDocuments(filter, { limit: most, hint }),
  );
}

/** Sorts after every character that a name can go on with. */
const lastCharacter = "\u{10ffff}";

function namePrefix(filter: CompanyFilter | null | undefined): string | undefined {
  const prefix = filter?.namePrefix?.trim().toLowerCase();
  if (prefix !== undefined && (prefix.length < 2 || prefix.length > 100))
    throw badUserInput("`namePrefix` must be 2 to 100 characters.", ["filter", "namePrefix"]);
  return prefix;
}

const companySort = (sort: CompanySort | null | undefined): KeysetSort => ({
  path: sort?.key === "CREATED_AT" ? "createdAt" : "nameSort",
  direction: sort?.direction === "DESC" ? -1 : 1,
});

/** Names the index whose order is the list's; see `models/company.ts`. */
const indexFor = (filter: QueryFilter<CompanyDocument>, { path }: KeysetSort): Record<string, 1> => ({
  tenantId: 1,
  ...("status" in filter && { status: 1 }),
  [path]: 1,
  _id: 1,
  ...(path === "createdAt" && { nameSort: 1 }),
});
