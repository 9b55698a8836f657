import { toObjectId } from "@tradegraph/kit/node-id";
import { pageLimit } from "@tradegraph/kit/pagination";
import { type QueryResolvers } from "../generated/resolvers.ts";
import { apiKeyIdentity } from "../queries/api-key-identity.ts";
import { findPartner } from "../queries/find-partner.ts";
import { listPartners } from "../queries/list-partners.ts";
import { partnerOperations } from "../queries/partner-operations.ts";
import { partnerProfile } from "../queries/partner-profile.ts";
import { partnersInUse } from "../queries/partners-in-use.ts";

export const partnerQueries: QueryResolvers = {
  partner: (_, { id }, { models }) => findPartner(models, id),
  partners: (_, args, { models }, info) => listPartners(models, args, pageLimit(info)),
  operationList: (_, { id }, { loaders }) => loaders.operationListById.load(toObjectId(id)),
  partnerOperations: (_, { partnerId, knownVersion }, { models }) => partnerOperations(models, partnerId, knownVersion),
  partnerProfile: (_, { partnerId }, { models }) => partnerProfile(models, partnerId),
  partnersInUse: (_parent, _args, { models }) => partnersInUse(models),
  apiKeyIdentity: (_, { keyHash }, { models }) => apiKeyIdentity(models, keyHash),
};
