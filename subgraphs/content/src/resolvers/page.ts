import { toNodeId } from "@tradegraph/kit/node-id";
import { type PageResolvers } from "../generated/resolvers.ts";

export const Page: PageResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.pageById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Page", _id.toHexString()),
};
