// Who may see what (rulings 12 and 13). Which companies and memberships there are for a viewer at all is decided in
// loaders.ts and queries/.
import { forbidden, unauthenticated } from "@tradegraph/kit/errors";
import { allow, hasRole, type PermissionMap, viewerRule } from "@tradegraph/kit/permissions";
import { seesPrivately } from "./access.ts";
import { type UserRecord } from "./models/user.ts";

/** Any account, and our own programs. */
const isKnown = viewerRule("isKnown", ({ userId, role }) =>
  userId !== undefined || role === "service" ? true : unauthenticated(),
);

const isSelfOrStaff = viewerRule<UserRecord>("isSelfOrStaff", (viewer, { _id }) => {
  if (seesPrivately(viewer, _id.toHexString())) return true;
  return viewer.role === "anonymous" ? unauthenticated() : forbidden("Only the user and staff see this.");
});

export const permissions: PermissionMap = {
  Query: {
    me: allow,
    user: isKnown,
    users: hasRole("admin", "service"),
    company: isKnown,
    companies: isKnown,
  },
  // Visitors sign in and register.
  Mutation: allow,
  User: {
    "*": isSelfOrStaff,
    id: allow,
    nodeId: allow,
    firstName: isKnown,
    lastName: isKnown,
    sellerProfile: allow,
  },
  Company: isKnown,
  CompanyMembership: isKnown,
  Address: allow,
  AuthPayload: allow,
  CompanyConnection: allow,
  CompanyEdge: allow,
  CompanyMembershipConnection: allow,
  CompanyMembershipEdge: allow,
  EmailTakenError: allow,
  InvalidCredentialsError: allow,
  InvalidInputError: allow,
  Money: allow,
  PageInfo: allow,
  SellerProfile: allow,
  UserConnection: allow,
  UserEdge: allow,
};
