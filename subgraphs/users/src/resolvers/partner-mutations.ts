import { apiKeyCreate } from "../commands/api-key-create.ts";
import { apiKeyRevoke } from "../commands/api-key-revoke.ts";
import { operationListActivate } from "../commands/operation-list-activate.ts";
import { operationListAdd } from "../commands/operation-list-add.ts";
import { operationListCreate } from "../commands/operation-list-create.ts";
import { operationListRetire } from "../commands/operation-list-retire.ts";
import { recordOperationUses } from "../commands/operation-use-record.ts";
import { partnerCreate } from "../commands/partner-create.ts";
import { partnerUpdate } from "../commands/partner-update.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";

export const partnerMutations: MutationResolvers = {
  partnerCreate: (_, { input }, context) => partnerCreate(context, input),
  partnerUpdate: (_, { input }, context) => partnerUpdate(context, input),
  apiKeyCreate: (_, { input }, context) => apiKeyCreate(context, input),
  apiKeyRevoke: (_, { id }, context) => apiKeyRevoke(context, id),
  operationListCreate: (_, { input }, context) => operationListCreate(context, input),
  operationListAdd: (_, { input }, context) => operationListAdd(context, input),
  operationListActivate: (_, { id }, context) => operationListActivate(context, id),
  operationListRetire: (_, { id, force }, context) => operationListRetire(context, id, force ?? false),
  operationUseRecord: async (_, { uses }, { models }) => ({ recorded: await recordOperationUses(models, uses) }),
};
