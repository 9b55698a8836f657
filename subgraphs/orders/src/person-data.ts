import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { actorOf } from "@tradegraph/kit/outbox";
import { type PersonData, personPage, personPageSize } from "@tradegraph/kit/person-data";
import { type Types } from "mongoose";
import { eraseBuyer } from "./commands/person-erase.ts";
import { type Models } from "./models.ts";
import { type CartDocument } from "./models/cart.ts";
import { type OrderDocument } from "./models/order.ts";
import { type PaymentDocument } from "./models/payment.ts";
import { type QuoteDocument, type QuoteMessageDocument } from "./models/quote.ts";
import { sealedPlaces } from "./models/sealed-places.ts";
import { listPersonCarts, listPersonMessages, listPersonOrders, listPersonQuotes } from "./queries/person-records.ts";
import { openAddress } from "./sealed-address.ts";

const page = (after: string | undefined) => ({ first: personPageSize, after });

/** Fields are named one by one: a field that is added to a model is not given out before somebody has thought of it. */
export const createPersonData = (models: Models, cipher: FieldCipher): PersonData => ({
  sources: [
    {
      name: "carts",
      read: async (userId, after) => personPage(await listPersonCarts(models, userId, page(after)), cartRecord),
    },
    {
      name: "orders",
      async read(userId, after) {
        const orders = await listPersonOrders(models, userId, page(after));
        return personPage(orders, async (order) => ({
          ...(await orderRecord(cipher, userId, order)),
          payments: orders.paymentsOf(order).map(paymentRecord),
        }));
      },
    },
    {
      name: "quotes",
      read: async (userId, after) =>
        personPage(await listPersonQuotes(models, userId, page(after)), (quote) => quoteRecord(userId, quote)),
    },
    {
      name: "quoteMessages",
      read: async (userId, after) =>
        personPage(await listPersonMessages(models, userId, page(after)), ({ number, messages }) => ({
          number,
          messages: messages
            .filter(({ authorId }) => authorId.equals(userId))
            .map((message) => messageRecord(userId, message)),
        })),
    },
  ],
  erase: (userId, { viewer, requestId }) => eraseBuyer({ models, cipher, actor: actorOf(viewer, requestId) }, userId),
});

const cartRecord = ({
  _id,
  companyId,
  isOpen,
  currency,
  lines,
  note,
  purchaseOrderNumber,
  ...times
}: CartDocument) => ({
  ...{ id: _id, companyId, isOpen, currency, note, purchaseOrderNumber },
  ...{ createdAt: times.createdAt, updatedAt: times.updatedAt, expiresAt: times.expiresAt },
  lines: lines.map(({ productId, quantity, unitPrice }) => ({ productId, quantity, unitPrice })),
});

async function orderRecord(cipher: FieldCipher, userId: Types.ObjectId, order: OrderDocument): Promise<object> {
  const { _id, number, companyId, status, paymentStatus, approvalStatus, items, totalAmount, paymentMethod } = order;
  const { purchaseOrderNumber, notes, orderDate, shippedDate, deliveredDate, history, personErasedAt } = order;
  const { shippingAddress, billingAddress } = order;
  return {
    ...{ id: _id, number, companyId, status, paymentStatus, approvalStatus, totalAmount, paymentMethod },
    ...{ purchaseOrderNumber, notes, orderDate, shippedDate, deliveredDate, personErasedAt },
    items: items.map(({ productId, sku, productName, quantity, price }) => ({
      ...{ productId, sku, productName, quantity, price },
    })),
    shippingAddress: await openAddress(cipher, shippingAddress, sealedPlaces.shippingAddress),
    ...(billingAddress && { billingAddress: await openAddress(cipher, billingAddress, sealedPlaces.billingAddress) }),
    history: history.map(({ actorId, ...entry }) => ({
      ...{ status: entry.status, at: entry.at, reason: entry.reason, byPerson: actorId?.equals(userId) ?? false },
    })),
  };
}

const paymentRecord = ({ provider, externalId, amount, status, createdAt }: PaymentDocument) => ({
  ...{ provider, externalId, amount, status, createdAt },
});

const quoteRecord = (userId: Types.ObjectId, quote: QuoteDocument) => ({
  ...{ id: quote._id, number: quote.number, status: quote.status, companyId: quote.companyId },
  ...{ total: quote.total, validUntil: quote.validUntil, createdAt: quote.createdAt },
  lines: quote.lines.map(({ productId, quantity, offeredPrice }) => ({ productId, quantity, offeredPrice })),
  messages: quote.messages.map((message) => messageRecord(userId, message)),
});

/** Who else wrote is that person's own affair. */
const messageRecord = (userId: Types.ObjectId, { authorId, body, at }: QuoteMessageDocument) => ({
  ...{ body, at, byPerson: authorId.equals(userId) },
});
