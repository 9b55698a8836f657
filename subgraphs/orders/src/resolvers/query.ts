import { exactlyOne } from "@tradegraph/kit/one-of";
import { pageLimit } from "@tradegraph/kit/pagination";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type QueryResolvers } from "../generated/resolvers.ts";
import { listOrders } from "../queries/list-orders.ts";
import { listQuotes } from "../queries/list-quotes.ts";
import { openCart } from "../queries/open-cart.ts";

export const Query: QueryResolvers = {
  cart: (_, { id }, { models, loaders, viewer }) =>
    typeof id === "string" ? loaders.cartById.load(toObjectId(id)) : openCart(models, viewer),
  order(_, { by }, { loaders }) {
    const { id, number } = exactlyOne(by);
    return id ? loaders.orderById.load(id) : loaders.orderByNumber.load(number ?? "");
  },
  orders: (_, args, { models, viewer }, info) => listOrders({ models, viewer, args, limit: pageLimit(info) }),
  quote: (_, { id }, { loaders }) => loaders.quoteById.load(toObjectId(id)),
  quotes: (_, args, { models, viewer }, info) => listQuotes(models, viewer, args, pageLimit(info)),
};
