// Who may read whose data. Loaders and queries filter by it; permissions.ts says the same for single fields.
import { adminScope, isStaff, type Viewer } from "@tradegraph/kit/viewer";
import { permissionsOfRole } from "./company-permissions.ts";
import { type MembershipDocument } from "./models/membership.ts";
import { type UserRecord } from "./models/user.ts";

/** Staff for people and companies, and our own programs, read everything of the tenant that is kept here. */
export const seesEverything = (viewer: Viewer): boolean => isStaff(viewer, "users") || viewer.role === "service";

/** Staff without limits: administrators. */
export const isUnlimited = ({ role, scopes }: Viewer): boolean => role === "admin" && scopes.includes(adminScope);

/** Whether the viewer may read more of this person than everybody may. */
export const seesPrivately = (viewer: Viewer, userId: string): boolean =>
  seesEverything(viewer) || viewer.userId === userId;

/** Whether this membership lets its holder see the others of the company. */
export const managesMembers = ({ role }: Pick<MembershipDocument, "role">): boolean =>
  permissionsOfRole[role].includes("members:manage");

/** The part of a user that the viewer may read (ruling 13): visitors the seller's profile, signed-in people the name too. */
export function visibleUser(user: UserRecord, viewer: Viewer): UserRecord {
  if (seesPrivately(viewer, user._id.toHexString())) return user;
  const { _id, sellerProfile, firstName, lastName } = user;
  return viewer.userId === undefined ? { _id, sellerProfile } : { _id, sellerProfile, firstName, lastName };
}
