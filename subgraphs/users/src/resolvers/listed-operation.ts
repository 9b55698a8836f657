import { type ListedOperationResolvers } from "../generated/resolvers.ts";

export const ListedOperation: ListedOperationResolvers = {
  body: async ({ listId, operationId }, _, { loaders }) => (await loaders.bodiesByList.load(listId))(operationId),
  lastUsedAt: async ({ listId, operationId }, _, { loaders }) =>
    (await loaders.usesByList.load(listId)).get(operationId)?.lastUsedAt ?? null,
  uses: async ({ listId, operationId }, _, { loaders }) =>
    (await loaders.usesByList.load(listId)).get(operationId)?.uses ?? 0,
  usesByDay: async ({ listId, operationId }, _, { loaders }) =>
    (await loaders.usesByList.load(listId)).get(operationId)?.days.toReversed() ?? [],
};
