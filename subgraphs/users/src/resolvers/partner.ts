import { type PartnerResolvers } from "../generated/resolvers.ts";

export const Partner: PartnerResolvers = {
  id: ({ _id }) => _id.toHexString(),
  company: ({ companyId }, _, { loaders }) => (companyId ? loaders.companyById.load(companyId) : null),
  apiKeys: ({ apiKeys }) => apiKeys.toReversed(),
  operationLists: ({ _id }, _, { loaders }) => loaders.operationListsByPartner.load(_id),
};
