import { confirmStock } from "../commands/stock-confirm.ts";
import { releaseStock } from "../commands/stock-release.ts";
import { reserveStock } from "../commands/stock-reserve.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";

export const Mutation: MutationResolvers = {
  async stockReserve(_, { input }, { models }) {
    const shortages = await reserveStock(models, input);
    return { reserved: shortages.length === 0, shortages };
  },
  stockConfirm: async (_, { key }, { models }) => ({ units: await confirmStock(models, key) }),
  stockRelease: async (_, { key }, { models }) => ({ units: await releaseStock(models, key) }),
};
