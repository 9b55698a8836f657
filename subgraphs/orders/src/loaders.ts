// Every DataLoader of this subgraph: one database command for all keys of a request. Those that give documents filter by
// the viewer as well, because `_entities` reaches them with any id.
import { groupByKey, type LoaderFactory, orderByKey } from "@tradegraph/kit/loader";
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { asSeenBy, boughtCondition, buyerCondition, orderCondition } from "./access.ts";
import { type Models } from "./models.ts";
import { type CartDocument, type CartLineDocument } from "./models/cart.ts";
import { type OrderDocument } from "./models/order.ts";
import { type PaymentDocument } from "./models/payment.ts";
import { type QuoteDocument } from "./models/quote.ts";
import { openInvoices, spending, type SpendingKey, spendingKeyText } from "./queries/buyer-totals.ts";
import { lastOrderTimes, orderedUnits } from "./queries/product-demand.ts";

export type Loaders = ReturnType<typeof createLoaders>;

type Id = string | Types.ObjectId;

const idOf = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();

/** Ids that are no ids have no document: `_entities` must answer null, not fail the batch. */
const validIds = (ids: readonly Id[]) =>
  [...new Set(ids.map(String))].filter(isObjectIdText).map((id) => new Types.ObjectId(id));

export function createLoaders(models: Models, createLoader: LoaderFactory, viewer: Viewer) {
  return {
    ...orderLoaders(models, createLoader, viewer),
    ...buyerLoaders(models, createLoader, viewer),
    ...sumLoaders(models, createLoader),
  };
}

function orderLoaders(models: Models, createLoader: LoaderFactory, viewer: Viewer) {
  const visible = orderCondition(viewer);
  const orderById = createLoader("orderById", async (ids: readonly Id[]) => {
    if (!visible) return ids.map(() => null);
    const found = await models.Order.find({ _id: { $in: validIds(ids) }, ...visible })
      .hint({ _id: 1 })
      .lean<OrderDocument[]>();
    const rows = found.map((order) => asSeenBy(viewer, order));
    for (const row of rows) orderByNumber.prime(row.number, row);
    return orderByKey(ids, rows, idOf);
  });
  const orderByNumber = createLoader("orderByNumber", async (numbers: readonly string[]) => {
    if (!visible) return numbers.map(() => null);
    const found = await models.Order.find({ number: { $in: [...numbers] }, ...visible })
      .hint({ tenantId: 1, number: 1 })
      .lean<OrderDocument[]>();
    const rows = found.map((order) => asSeenBy(viewer, order));
    for (const row of rows) orderById.prime(row._id, row);
    return orderByKey(numbers, rows, ({ number }) => number);
  });
  return { orderById, orderByNumber };
}

function buyerLoaders(models: Models, createLoader: LoaderFactory, viewer: Viewer) {
  const visible = buyerCondition(viewer);
  const visiblePayments = boughtCondition(viewer);
  const visibleCarts = buyerCondition(viewer, "ownerId");
  const cartById = createLoader("cartById", async (ids: readonly Id[]) => {
    if (!visibleCarts) return ids.map(() => null);
    const rows = await models.Cart.find({ _id: { $in: validIds(ids) }, ...visibleCarts })
      .hint({ _id: 1 })
      .lean<CartDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  const cartLineById = createLoader("cartLineById", async (ids: readonly Id[]) => {
    if (!visibleCarts) return ids.map(() => null);
    const carts = await models.Cart.find({ "lines._id": { $in: validIds(ids) }, ...visibleCarts }, { lines: 1 })
      .hint({ tenantId: 1, "lines._id": 1 })
      .lean<Pick<CartDocument, "lines">[]>();
    const lines: CartLineDocument[] = carts.flatMap((cart) => cart.lines);
    return orderByKey(ids, lines, idOf);
  });
  const paymentById = createLoader("paymentById", async (ids: readonly Id[]) => {
    if (!visiblePayments) return ids.map(() => null);
    const rows = await models.Payment.find({ _id: { $in: validIds(ids) }, ...visiblePayments })
      .hint({ _id: 1 })
      .lean<PaymentDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  const paymentsByOrder = createLoader("paymentsByOrder", async (ids: readonly Types.ObjectId[]) => {
    if (!visiblePayments) return ids.map(() => []);
    const rows = await models.Payment.find({ orderId: { $in: [...ids] }, ...visiblePayments })
      .hint({ tenantId: 1, orderId: 1 })
      .lean<PaymentDocument[]>();
    rows.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || idOf(a).localeCompare(idOf(b)));
    return groupByKey(ids, rows, ({ orderId }) => orderId.toHexString());
  });
  const quoteById = createLoader("quoteById", async (ids: readonly Id[]) => {
    if (!visible) return ids.map(() => null);
    const rows = await models.Quote.find({ _id: { $in: validIds(ids) }, ...visible })
      .hint({ _id: 1 })
      .lean<QuoteDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  return { cartById, cartLineById, paymentById, paymentsByOrder, quoteById };
}

/** Sums over orders; they give numbers only, and permissions.ts says who may read them. */
function sumLoaders(models: Models, createLoader: LoaderFactory) {
  const lastOrderTime = createLoader("lastOrderTime", async (productIds: readonly string[]) => {
    const times = await lastOrderTimes(models, validIds(productIds));
    return productIds.map((id) => times.get(id) ?? null);
  });
  const orderedQuantity = createLoader(
    "orderedQuantity",
    async (keys: readonly { productId: string; days: number }[]) => {
      const spans = [...new Set(keys.map(({ days }) => days))];
      const units = await orderedUnits(models, validIds(keys.map(({ productId }) => productId)), spans);
      return keys.map(({ productId, days }) => units.get(`${productId}:${days}`) ?? 0);
    },
    ({ productId, days }) => `${productId}:${days}`,
  );
  const openInvoiceSum = createLoader(
    "openInvoiceSum",
    async (keys: readonly { companyId: string; currency: string }[]) => {
      const sums = await openInvoices(models, validIds(keys.map(({ companyId }) => companyId)));
      return keys.map(({ companyId, currency }) => sums.get(`${companyId}:${currency}`) ?? 0);
    },
    ({ companyId, currency }) => `${companyId}:${currency}`,
  );
  const spent = createLoader(
    "spent",
    async (keys: readonly (SpendingKey & { currency: string })[]) => {
      const userIds = validIds(keys.map(({ userId }) => userId));
      const companyIds = validIds(keys.map(({ companyId }) => companyId));
      const sums = await spending(models, { userIds, companyIds });
      return keys.map((key) => sums.get(`${spendingKeyText(key)}:${key.currency}`) ?? 0);
    },
    (key) => `${spendingKeyText(key)}:${key.currency}`,
  );
  return { lastOrderTime, openInvoiceSum, orderedQuantity, spent };
}
