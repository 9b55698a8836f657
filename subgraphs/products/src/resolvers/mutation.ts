import { releaseStock, confirmStock } from "../commands/release-stock.ts";
import { reserveStock } from "../commands/reserve-stock.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";

export const Mutation: MutationResolvers = {
  async stockReserve(_, { input }, { models }) {
    const shortages = await reserveStock(models, input);
    return { reserved: shortages.length === 0, shortages };
  },
  stockConfirm: async (_, { key }, { models }) => ({ units: await confirmStock(models, key) }),
  stockRelease: async (_, { key }, { models }) => ({ units: await releaseStock(models, key) }),
};
