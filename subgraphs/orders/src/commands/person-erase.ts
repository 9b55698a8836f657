// Takes a buyer out of carts, orders and quotes. Amounts, lines and numbers stay: the law wants invoices kept.
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type AnyBulkWriteOperation, type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type AddressDocument } from "../models/address.ts";
import { type OrderDocument } from "../models/order.ts";
import { sealedPlaces } from "../models/sealed-places.ts";
import { openAddress, sealAddress } from "../sealed-address.ts";

export interface EraseTools {
  models: Models;
  cipher: FieldCipher;
  actor: Actor;
}

/** Instead of what was there. */
export const erasedText = "erased";

const batch = 500;

/** Orders in these states are over; others still need the address they go to. */
const overStates = ["delivered", "cancelled"] as const;

const ordersOf = { tenantId: 1, customerId: 1, orderDate: 1, _id: 1 } as const;

/**
 * @returns how many of what were changed or removed; `ordersUnderWay` and
 * `ordersBeingPlaced` are left for another time
 */
export async function eraseBuyer(tools: EraseTools, userId: Types.ObjectId): Promise<Record<string, number>> {
  const { models } = tools;
  const key = { actorId: userId } as const;
  return {
    carts: (await models.Cart.deleteMany({ ownerId: userId })).deletedCount,
    // How much is being spent at this moment must stay until it is stored.
    spending: (await models.Spending.deleteMany({ userId, inFlight: { $size: 0 } })).deletedCount,
    idempotencyKeys: (await models.IdempotencyKey.deleteMany({ ...key, state: "done" })).deletedCount,
    orders: await eraseOrders(tools, userId),
    quotes: await eraseQuotes(models, userId),
    messages: await eraseMessages(models, userId),
    // In this order: an order that is being placed meanwhile is seen as a claim, or as an order, or as both.
    ordersBeingPlaced: await models.IdempotencyKey.countDocuments({ ...key, state: "running" }),
    ordersUnderWay: await models.Order.countDocuments({ customerId: userId, personErasedAt: null }, { hint: ordersOf }),
  };
}

async function eraseOrders(tools: EraseTools, customerId: Types.ObjectId): Promise<number> {
  const { models } = tools;
  const open = { customerId, status: { $in: [...overStates] }, personErasedAt: null };
  let erased = 0;
  for (;;) {
    const found = await models.Order.find(open, { shippingAddress: 1, billingAddress: 1 })
      .hint(ordersOf)
      .limit(batch)
      .lean<OrderDocument[]>();
    if (found.length === 0) return erased;
    const operations = await Promise.all(found.map((order) => erasure(tools, order)));
    erased += (await models.Order.bulkWrite(operations, { ordered: false })).modifiedCount;
  }
}

async function erasure(
  { cipher, actor }: EraseTools,
  order: OrderDocument,
): Promise<AnyBulkWriteOperation<OrderDocument>> {
  const changes = ["shippingAddress", "billingAddress", "notes", "history"];
  const { $push, $set } = pushOutbox(outboxEntry("order.erased", actor, { changes }));
  const shippingAddress = await erasedAddress(cipher, order, "shippingAddress");
  const billingAddress = await erasedAddress(cipher, order, "billingAddress");
  return {
    updateOne: {
      // Of two who erase at once one does it.
      filter: { _id: order._id, personErasedAt: null },
      update: {
        $set: {
          ...(shippingAddress && { shippingAddress }),
          ...(billingAddress && { billingAddress }),
          ...{ personErasedAt: new Date(), ...$set },
        },
        // Reasons in the history are texts that people wrote, often about the buyer.
        $unset: { notes: true, "history.$[].reason": true },
        $push,
        $inc: { version: 1 },
      },
    },
  } as AnyBulkWriteOperation<OrderDocument>;
}

/** The country stays: taxes depend on it. */
async function erasedAddress(cipher: FieldCipher, order: OrderDocument, field: "shippingAddress" | "billingAddress") {
  const sealed = order[field];
  if (!sealed) return undefined;
  const { country } = await openAddress(cipher, sealed, sealedPlaces[field]);
  const address: AddressDocument = { street: erasedText, city: erasedText, zip: erasedText, country };
  return sealAddress(cipher, address, sealedPlaces[field]);
}

/** In own quotes everybody's words go: answers name whom they answer. */
async function eraseQuotes(models: Models, customerId: Types.ObjectId): Promise<number> {
  const { modifiedCount } = await models.Quote.updateMany(
    { customerId, messages: { $elemMatch: { body: { $ne: erasedText } } } },
    { $set: { "messages.$[].body": erasedText }, $inc: { version: 1 } },
    { hint: { tenantId: 1, customerId: 1, createdAt: 1, _id: 1 } },
  );
  return modifiedCount;
}

async function eraseMessages(models: Models, authorId: Types.ObjectId): Promise<number> {
  const { modifiedCount } = await models.Quote.updateMany(
    { messages: { $elemMatch: { authorId, body: { $ne: erasedText } } } },
    { $set: { "messages.$[own].body": erasedText }, $inc: { version: 1 } },
    { arrayFilters: [{ "own.authorId": authorId }], hint: { tenantId: 1, "messages.authorId": 1, _id: 1 } },
  );
  return modifiedCount;
}
