import { apiKeyCreate } from "../commands/api-key-create.ts";
import { apiKeyRevoke } from "../commands/api-key-revoke.ts";
import { partnerCreate } from "../commands/partner-create.ts";
import { partnerUpdate } from "../commands/partner-update.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";

export const partnerMutations: MutationResolvers = {
  partnerCreate: (_, { input }, context) => partnerCreate(context, input),
  partnerUpdate: (_, { input }, context) => partnerUpdate(context, input),
  apiKeyCreate: (_, { input }, context) => apiKeyCreate(context, input),
  apiKeyRevoke: (_, { id }, context) => apiKeyRevoke(context, id),
};
