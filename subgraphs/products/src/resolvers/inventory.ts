import { toNodeId } from "@tradegraph/kit/node-id";
import { type InventoryResolvers } from "../generated/resolvers.ts";

export const Inventory: InventoryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.inventoryById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Inventory", _id.toHexString()),
  async store({ storeId }, _, { loaders }) {
    const store = await loaders.storeById.load(storeId);
    if (!store) throw new Error(`Inventory names a store that does not exist: ${storeId.toHexString()}`);
    return store;
  },
};
