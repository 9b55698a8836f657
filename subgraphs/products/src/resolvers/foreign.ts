// Fields that this subgraph adds to types of others.
import { pageLimit } from "@tradegraph/kit/pagination";
import { type CartLineResolvers, type CompanyResolvers, type UserResolvers } from "../generated/resolvers.ts";
import { listProducts } from "../queries/list-products.ts";
import { unitPrice } from "../price.ts";

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id: String(id) }),
  suppliedProducts: ({ id }, args, { models, nested }, info) =>
    nested(() => listProducts(models, { ...args, filter: { supplierId: id } }, pageLimit(info))),
};

export const Company: CompanyResolvers = {};

export const CartLine: CartLineResolvers = {
  // Quantity and product arrive by @requires: what the caller says, good enough to show, never to charge from.
  __resolveReference: (reference) => reference,
  async currentUnitPrice({ quantity, product }, _, { loaders }) {
    const known = product && (await loaders.productById.load(product.id));
    return known && unitPrice(known, quantity ?? 1, await loaders.agreedPrices.load(known._id));
  },
  async availability({ quantity, product }, _, { loaders }) {
    if (!product) return null;
    const shelves = await loaders.inventoryByProduct.load(product.id);
    const available = shelves.reduce((sum, shelf) => sum + shelf.available, 0);
    return { isAvailable: available >= (quantity ?? 1), available };
  },
};
