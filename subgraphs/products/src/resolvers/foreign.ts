// Fields that this subgraph adds to types of others.
import { pageLimit } from "@tradegraph/kit/pagination";
import { seesOffSale } from "../access.ts";
import { type CartLineResolvers, type CompanyResolvers, type UserResolvers } from "../generated/resolvers.ts";
import { lineAvailability, lineOffer } from "../queries/line-availability.ts";
import { listProducts } from "../queries/list-products.ts";

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id: String(id) }),
  suppliedProducts: ({ id }, args, { models, nested, viewer }, info) =>
    nested(() => {
      const list = { ...args, filter: { supplierId: id }, withOffSale: seesOffSale(viewer, id) };
      return listProducts(models, list, pageLimit(info));
    }),
};

export const Company: CompanyResolvers = {};

export const CartLine: CartLineResolvers = {
  // Quantity and product arrive by @requires: what the caller says, good enough to show, never to charge from.
  __resolveReference: (reference) => ({ ...reference, id: String(reference.id) }),
  currentUnitPrice: async (line, _, { loaders }) => (await lineOffer(loaders, line))?.unitPrice,
  availability: (line, _, { loaders }) => lineAvailability(loaders, line),
};
