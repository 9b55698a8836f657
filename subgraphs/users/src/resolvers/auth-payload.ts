import { type AuthPayloadResolvers, type UserErrorResolvers } from "../generated/resolvers.ts";

export const AuthPayload: AuthPayloadResolvers = {
  user: ({ viewer }, _, { loaders }) => (viewer ? loaders.userById.load(viewer.userId) : null),
};

export const UserError: UserErrorResolvers = {
  __resolveType: ({ __typename }) => __typename,
};
