import { withCacheRules } from "@tradegraph/kit/cache-rules";
import { dataKeySchema } from "@tradegraph/kit/data-key-store";
import { systemSchemas } from "@tradegraph/kit/system-models";
import { type Connection } from "mongoose";
import { cacheRules } from "./cache-rules.ts";
import { type CartDocument, cartSchema } from "./models/cart.ts";
import { type CounterDocument, counterSchema } from "./models/counter.ts";
import { type IdempotencyKeyDocument, idempotencyKeySchema } from "./models/idempotency-key.ts";
import { type OrderDocument, orderSchema } from "./models/order.ts";
import { type PaymentDocument, paymentSchema } from "./models/payment.ts";
import { type QuoteDocument, quoteSchema } from "./models/quote.ts";
import { type SpendingDocument, spendingSchema } from "./models/spending.ts";

/** Schemas by collection: migrations and the walking tests read this list. */
export const schemas = {
  ...systemSchemas,
  dataKeys: dataKeySchema,
  carts: cartSchema,
  counters: counterSchema,
  idempotencyKeys: idempotencyKeySchema,
  orders: orderSchema,
  payments: paymentSchema,
  quotes: quoteSchema,
  spendings: spendingSchema,
};

/** Models bound to a connection; each program, and each test, has its own. */
export const createModels = (connection: Connection) =>
  withCacheRules(cacheRules, {
    Cart: connection.model<CartDocument>("Cart", cartSchema, "carts"),
    Counter: connection.model<CounterDocument>("Counter", counterSchema, "counters"),
    IdempotencyKey: connection.model<IdempotencyKeyDocument>("IdempotencyKey", idempotencyKeySchema, "idempotencyKeys"),
    Order: connection.model<OrderDocument>("Order", orderSchema, "orders"),
    Payment: connection.model<PaymentDocument>("Payment", paymentSchema, "payments"),
    Quote: connection.model<QuoteDocument>("Quote", quoteSchema, "quotes"),
    Spending: connection.model<SpendingDocument>("Spending", spendingSchema, "spendings"),
  });

export type Models = ReturnType<typeof createModels>;
