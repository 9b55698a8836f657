import { type OperationListResolvers } from "../generated/resolvers.ts";

export const OperationList: OperationListResolvers = {
  id: ({ _id }) => _id.toHexString(),
  partnerId: ({ partnerId }) => partnerId.toHexString(),
  operations: ({ _id, operations }) => operations.map((operation) => ({ ...operation, listId: _id })),
  operationCount: ({ operations }) => operations.length,
};
