import { sumMoney, timesQuantity } from "@tradegraph/kit/money";
import { toNodeId } from "@tradegraph/kit/node-id";
import { type CartLineResolvers, type CartResolvers } from "../generated/resolvers.ts";
import { reference } from "../models/references.ts";

export const Cart: CartResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.cartById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Cart", _id.toHexString()),
  currencyCode: ({ currency }) => currency,
  subtotal: ({ lines, currency }) =>
    sumMoney(
      lines.map(({ unitPrice, quantity }) => timesQuantity(unitPrice, quantity)),
      currency,
    ),
  company: ({ companyId }) => reference(companyId),
};

export const CartLine: CartLineResolvers = {
  // By its own id alone: products adds prices and stock to lines, and the gateway has only the id of each.
  __resolveReference: ({ id }, { loaders }) => loaders.cartLineById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  product: ({ productId }) => reference(productId),
  unitPriceSnapshot: ({ unitPrice }) => unitPrice,
  lineTotal: ({ unitPrice, quantity }) => timesQuantity(unitPrice, quantity),
};
