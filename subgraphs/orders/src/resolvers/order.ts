import { timesQuantity } from "@tradegraph/kit/money";
import { toNodeId } from "@tradegraph/kit/node-id";
import {
  type OrderHistoryEntryResolvers,
  type OrderItemResolvers,
  type OrderResolvers,
  type PaymentResolvers,
} from "../generated/resolvers.ts";
import { reference } from "../models/references.ts";
import { sealedPlaces } from "../models/sealed-places.ts";
import { allowedTransitions } from "../order-states.ts";
import { openAddress } from "../sealed-address.ts";

export const Order: OrderResolvers = {
  __resolveReference: (by, { loaders }) =>
    "id" in by ? loaders.orderById.load(String(by.id)) : loaders.orderByNumber.load(String(by.number)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Order", _id.toHexString()),
  allowedTransitions: ({ status, approvalStatus }) => [...allowedTransitions(status, approvalStatus)],
  customer: ({ customerId }) => reference(customerId),
  company: ({ companyId }) => reference(companyId),
  shippingAddress: ({ shippingAddress }, _, { cipher }) =>
    openAddress(cipher, shippingAddress, sealedPlaces.shippingAddress),
  billingAddress: ({ billingAddress }, _, { cipher }) =>
    billingAddress ? openAddress(cipher, billingAddress, sealedPlaces.billingAddress) : null,
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
