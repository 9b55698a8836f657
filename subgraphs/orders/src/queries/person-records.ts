// What there is about one buyer, whoever asks: read for the export of a person.
import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type CartDocument } from "../models/cart.ts";
import { type OrderDocument } from "../models/order.ts";
import { type PaymentDocument } from "../models/payment.ts";
import { type QuoteDocument } from "../models/quote.ts";

/** Orders of a person with their payments, oldest first. */
export async function listPersonOrders(
  models: Models,
  customerId: Types.ObjectId,
  args: ConnectionArguments,
): Promise<Connection<OrderDocument> & { paymentsOf: (order: OrderDocument) => PaymentDocument[] }> {
  const hint = { tenantId: 1, customerId: 1, orderDate: 1, _id: 1 } as const;
  const page = await readConnection(
    { args, sort: { path: "orderDate", direction: 1 }, filter: { customerId } },
    ({ filter, sort, limit }) =>
      models.Order.find(filter, { outbox: 0 }).sort(sort).limit(limit).hint(hint).lean<OrderDocument[]>(),
    (most) => models.Order.countDocuments({ customerId }, { limit: most, hint }),
  );
  const orderIds = page.nodes.map(({ _id }) => _id);
  const payments = await models.Payment.find({ orderId: { $in: orderIds } })
    .hint({ tenantId: 1, orderId: 1 })
    .lean<PaymentDocument[]>();
  const byOrder = Map.groupBy(payments, ({ orderId }) => orderId.toHexString());
  return { ...page, paymentsOf: ({ _id }) => byOrder.get(_id.toHexString()) ?? [] };
}

/** Requests for a price of a person, with all that was said about them. */
export function listPersonQuotes(
  models: Models,
  customerId: Types.ObjectId,
  args: ConnectionArguments,
): Promise<Connection<QuoteDocument>> {
  const hint = { tenantId: 1, customerId: 1, createdAt: 1, _id: 1 } as const;
  return readConnection(
    { args, sort: { path: "createdAt", direction: 1 }, filter: { customerId } },
    ({ filter, sort, limit }) => models.Quote.find(filter).sort(sort).limit(limit).hint(hint).lean<QuoteDocument[]>(),
    (most) => models.Quote.countDocuments({ customerId }, { limit: most, hint }),
  );
}

/** Quotes in which the person has written, of others too, such as the seller's answers. */
export function listPersonMessages(
  models: Models,
  authorId: Types.ObjectId,
  args: ConnectionArguments,
): Promise<Connection<QuoteDocument>> {
  const hint = { tenantId: 1, "messages.authorId": 1, _id: 1 } as const;
  const filter = { "messages.authorId": authorId };
  return readConnection(
    { args, sort: { path: "_id", direction: 1 }, filter },
    (page) => models.Quote.find(page.filter).sort(page.sort).limit(page.limit).hint(hint).lean<QuoteDocument[]>(),
    (most) => models.Quote.countDocuments(filter, { limit: most, hint }),
  );
}

/** The open cart and what is left of former ones. */
export function listPersonCarts(
  models: Models,
  ownerId: Types.ObjectId,
  args: ConnectionArguments,
): Promise<Connection<CartDocument>> {
  const hint = { tenantId: 1, ownerId: 1, _id: 1 } as const;
  return readConnection(
    { args, sort: { path: "_id", direction: 1 }, filter: { ownerId } },
    ({ filter, sort, limit }) => models.Cart.find(filter).sort(sort).limit(limit).hint(hint).lean<CartDocument[]>(),
    (most) => models.Cart.countDocuments({ ownerId }, { limit: most, hint }),
  );
}
