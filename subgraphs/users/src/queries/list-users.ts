import { forbidden } from "@tradegraph/kit/errors";
import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type QueryFilter } from "mongoose";
import { seesEverything } from "../access.ts";
import { emailKey } from "../email.ts";
import { type UserFilter, type UserSort } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { listIndex, type UserDocument, type UserRecord } from "../models/user.ts";

interface UserListArguments extends ConnectionArguments {
  filter?: UserFilter | null | undefined;
  sort?: UserSort | null | undefined;
}

/** One page of the shop's users, for its staff. @throws PublicError FORBIDDEN for others */
export async function listUsers(
  models: Models,
  viewer: Viewer,
  args: UserListArguments,
  limit: number,
): Promise<Connection<UserRecord>> {
  if (!seesEverything(viewer)) throw forbidden();
  const filter = userFilter(args.filter ?? {});
  const path = sortPath(args);
  const hint = listIndex(
    ["role", "isActive"].filter((key) => key in filter),
    path,
  );
  const direction = (args.sort?.direction ?? "DESC") === "DESC" ? -1 : 1;
  return readConnection(
    { args, sort: { path, direction }, filter, limit },
    (page) => models.User.find(page.filter).sort(page.sort).limit(page.limit).hint(hint).lean<UserRecord[]>(),
    (most) => models.User.countDocuments(filter, { limit: most, hint }),
  );
}

/** A list of one address has one user at most, so its index serves every sort. */
const sortPath = ({ filter, sort }: UserListArguments) =>
  sort?.key === "EMAIL" || given(filter?.email) ? "emailLower" : "createdAt";

const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

const userFilter = ({ role, isActive, email }: UserFilter) =>
  ({
    ...(given(role) && { role }),
    ...(given(isActive) && { isActive }),
    ...(given(email) && { emailLower: emailKey(email) }),
  }) as QueryFilter<UserDocument>;
