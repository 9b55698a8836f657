import { actorOf } from "@tradegraph/kit/outbox";
import { confirmStock } from "../commands/stock-confirm.ts";
import { releaseStock } from "../commands/stock-release.ts";
import { reserveStock } from "../commands/stock-reserve.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";

export const Mutation: MutationResolvers = {
  async stockReserve(_, { input }, { models, viewer, requestId }) {
    const shortages = await reserveStock(models, input, actorOf(viewer, requestId));
    return { reserved: shortages.length === 0, shortages };
  },
  stockConfirm: async (_, { key }, { models, viewer, requestId }) => ({
    units: await confirmStock(models, key, new Date(), actorOf(viewer, requestId)),
  }),
  stockRelease: async (_, { key }, { models, viewer, requestId }) => ({
    units: await releaseStock(models, key, actorOf(viewer, requestId)),
  }),
};
