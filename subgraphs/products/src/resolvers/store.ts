import { toNodeId } from "@tradegraph/kit/node-id";
import { type StoreResolvers } from "../generated/resolvers.ts";

export const Store: StoreResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.storeById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Store", _id.toHexString()),
  longitude: ({ location }) => location.coordinates[0],
  latitude: ({ location }) => location.coordinates[1],
};
