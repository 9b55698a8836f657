import { placeOrder } from "../commands/order-place.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";
import { idempotencyKeyOf } from "../idempotency-key.ts";

export const Mutation: MutationResolvers = {
  orderPlace: (_, { input }, { models, products, viewer }, info) =>
    placeOrder({ models, products, viewer, input, key: idempotencyKeyOf(info) }),
};
