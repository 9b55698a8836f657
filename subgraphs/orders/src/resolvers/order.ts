import { timesQuantity } from "@tradegraph/kit/money";
import { toNodeId } from "@tradegraph/kit/node-id";
import {
  type OrderHistoryEntryResolvers,
  type OrderItemResolvers,
  type OrderResolvers,
  type PaymentResolvers,
} from "../generated/resolvers.ts";
import { reference } from "../models/references.ts";
import { allowedTransitions } from "../order-states.ts";

export const Order: OrderResolvers = {
  __resolveReference: (by, { loaders }) =>
    "id" in by ? loaders.orderById.load(String(by.id)) : loaders.orderByNumber.load(String(by.number)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Order", _id.toHexString()),
  allowedTransitions: ({ status }) => [...allowedTransitions(status)],
  customer: ({ customerId }) => reference(customerId),
  company: ({ companyId }) => reference(companyId),
  payments: ({ _id }, _, { loaders }) => loaders.paymentsByOrder.load(_id),
};

export const OrderItem: OrderItemResolvers = {
  id: ({ _id }) => _id.toHexString(),
  product: ({ productId }) => reference(productId),
  lineTotal: ({ price, quantity }) => timesQuantity(price, quantity),
};

export const OrderHistoryEntry: OrderHistoryEntryResolvers = {
  actor: ({ actorId }) => reference(actorId),
};

export const Payment: PaymentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.paymentById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Payment", _id.toHexString()),
};
