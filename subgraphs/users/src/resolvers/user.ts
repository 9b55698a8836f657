import { toNodeId } from "@tradegraph/kit/node-id";
import { type UserResolvers } from "../generated/resolvers.ts";

export const User: UserResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.userById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("User", _id.toHexString()),
  memberships: ({ _id }, _, { loaders }) => loaders.membershipsByUser.load(_id),
};
