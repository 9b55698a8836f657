import { type SessionResolvers } from "../generated/resolvers.ts";

export const Session: SessionResolvers = {
  id: ({ _id }) => _id.toHexString(),
  company: ({ companyId }, _, { loaders }) => (companyId ? loaders.companyById.load(companyId) : null),
  isCurrent: ({ _id }, _, { viewer }) => _id.toHexString() === viewer.sessionId,
};
