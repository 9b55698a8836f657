import { badUserInput } from "@tradegraph/kit/errors";
import { toNodeId } from "@tradegraph/kit/node-id";
import { type ProductResolvers } from "../generated/resolvers.ts";
import { isQuantity, priceTiers, unitPrice } from "../price.ts";

export const Product: ProductResolvers = {
  __resolveReference: (reference, { loaders }) =>
    "id" in reference
      ? loaders.productById.load(String(reference.id))
      : loaders.productBySku.load(String(reference.sku)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Product", _id.toHexString()),
  title: ({ name }) => name,
  category: ({ categoryId }, _, { loaders }) => loaders.categoryById.load(categoryId),
  supplier: ({ supplierId }) => ({ id: supplierId.toHexString() }),
  async price(product, { quantity }, { loaders }) {
    const units = quantity ?? 1;
    if (!isQuantity(units)) throw badUserInput("`quantity` must be between 1 and 1,000,000.", ["quantity"]);
    return unitPrice(product, units, await loaders.agreedPrices.load(product._id));
  },
  priceTiers: (product) => priceTiers(product),
  quantityRule: ({ moq, maxQuantity, increment }) => ({ minimum: moq, maximum: maxQuantity, increment }),
  async stock({ _id, moq, leadTime }, _, { loaders }) {
    const shelves = await loaders.inventoryByProduct.load(_id);
    const available = shelves.reduce((sum, shelf) => sum + shelf.available, 0);
    return { available, isInStock: available >= moq, leadTimeDays: leadTime };
  },
  inventory: ({ _id }, _, { loaders }) => loaders.inventoryByProduct.load(_id),
};
