import { type CompanyInvitationResolvers } from "../generated/resolvers.ts";

export const CompanyInvitation: CompanyInvitationResolvers = {
  id: ({ _id }) => _id.toHexString(),
};
