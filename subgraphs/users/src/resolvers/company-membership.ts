import { toNodeId } from "@tradegraph/kit/node-id";
import { permissionsOfRole } from "../company-permissions.ts";
import { membershipIdText } from "../effective-memberships.ts";
import { type CompanyMembershipResolvers } from "../generated/resolvers.ts";

export const CompanyMembership: CompanyMembershipResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.membershipById.load(String(id)),
  id: membershipIdText,
  nodeId: (membership) => toNodeId("CompanyMembership", membershipIdText(membership)),
  async user({ userId }, _, { loaders }) {
    const user = await loaders.userById.load(userId);
    if (!user) throw new Error(`A membership names a user that does not exist: ${userId.toHexString()}`);
    return user;
  },
  async company({ companyId }, _, { loaders }) {
    const company = await loaders.companyById.load(companyId);
    if (!company) throw new Error(`A membership names a company that does not exist: ${companyId.toHexString()}`);
    return company;
  },
  inheritedFrom: ({ inheritedFrom }, _, { loaders }) =>
    inheritedFrom ? loaders.companyById.load(inheritedFrom) : null,
  permissions: ({ role }) => [...permissionsOfRole[role]],
};
