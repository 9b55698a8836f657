import { orderApprove } from "../commands/order-approve.ts";
import { placeOrder } from "../commands/order-place.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";
import { idempotencyKeyOf } from "../idempotency-key.ts";

export const Mutation: MutationResolvers = {
  orderPlace: (_, { input }, { models, products, users, viewer, cipher, requestId }, info) =>
    placeOrder({ models, products, users, viewer, cipher, requestId, input, key: idempotencyKeyOf(info) }),
  orderApprove: (_, { input }, { models, products, users, viewer, requestId }) =>
    orderApprove({ models, products, users, viewer, requestId, input }),
};
