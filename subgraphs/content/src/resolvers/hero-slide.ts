import { toNodeId } from "@tradegraph/kit/node-id";
import { type HeroSlideResolvers } from "../generated/resolvers.ts";

export const HeroSlide: HeroSlideResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.heroSlideById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("HeroSlide", _id.toHexString()),
};
