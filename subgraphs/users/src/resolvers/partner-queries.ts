import { pageLimit } from "@tradegraph/kit/pagination";
import { type QueryResolvers } from "../generated/resolvers.ts";
import { apiKeyIdentity } from "../queries/api-key-identity.ts";
import { findPartner } from "../queries/find-partner.ts";
import { listPartners } from "../queries/list-partners.ts";

export const partnerQueries: QueryResolvers = {
  partner: (_, { id }, { models }) => findPartner(models, id),
  partners: (_, args, { models }, info) => listPartners(models, args, pageLimit(info)),
  apiKeyIdentity: (_, { keyHash }, { models }) => apiKeyIdentity(models, keyHash),
};
