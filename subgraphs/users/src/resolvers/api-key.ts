import { type ApiKeyResolvers } from "../generated/resolvers.ts";

export const ApiKey: ApiKeyResolvers = {
  id: ({ _id }) => _id.toHexString(),
};
