import { type StoredMoney } from "@tradegraph/kit/money";
import { type SealedPlace } from "@tradegraph/kit/sealed-field";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { type Viewer, type ViewerRole } from "@tradegraph/kit/viewer";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { Types } from "mongoose";
import { type Models } from "../src/models.ts";
import { type AddressDocument } from "../src/models/address.ts";
import { type CartDocument } from "../src/models/cart.ts";
import { type OrderDocument, type OrderItemDocument } from "../src/models/order.ts";
import { type PaymentDocument } from "../src/models/payment.ts";
import { type QuoteDocument } from "../src/models/quote.ts";
import { sealedPlaces } from "../src/models/sealed-places.ts";
import { sealAddress } from "../src/sealed-address.ts";

let serial = 0;

export const newId = () => new Types.ObjectId();

export const euro = (amount: number): StoredMoney => ({ amount, currency: "EUR" });

type Account = Viewer & { userId: string; id: Types.ObjectId };

/** Staff without limits, unless a test says otherwise. */
const scopesOf = (role: ViewerRole) => (role === "admin" ? ["admin"] : []);

/** A viewer with an account; `id` is the same as `userId`, for fakes. */
export function fakeViewer(role: ViewerRole, overrides: Partial<Viewer> = {}): Account {
  const id = overrides.userId ? new Types.ObjectId(overrides.userId) : newId();
  const viewer: Viewer = { tenantId: testTenant, role, userId: id.toHexString(), scopes: scopesOf(role), ...overrides };
  // Not enumerable: the signed assertion takes known fields only.
  return Object.defineProperty(viewer, "id", { value: id }) as Account;
}

export const fakeItem = (overrides: Partial<OrderItemDocument> = {}): OrderItemDocument => ({
  _id: newId(),
  productId: newId(),
  sku: `SKU-${(serial += 1)}`,
  productName: "Bolt",
  quantity: 2,
  price: euro(500),
  supplierId: newId(),
  ...overrides,
});

/** What tests give in clear; fakes seal it. */
export type PlainOrder = Partial<
  Omit<OrderDocument, "shippingAddress" | "billingAddress"> & {
    shippingAddress: AddressDocument;
    billingAddress: AddressDocument;
  }
>;

const hafenstrasse: AddressDocument = { street: "Hafenstrasse 1", city: "Hamburg", zip: "20457", country: "DE" };

/** A valid order, its total the sum of its lines; not stored. */
export function orderFields(
  { shippingAddress = hafenstrasse, billingAddress, ...overrides }: PlainOrder = {},
  tenantId = testTenant,
): Partial<OrderDocument> {
  const sealed = (address: AddressDocument, place: SealedPlace) =>
    sealAddress(testCipher, address, { ...place, tenantId });
  serial += 1;
  const items = overrides.items ?? [fakeItem()];
  const orderDate = overrides.orderDate ?? new Date();
  const customerId = overrides.customerId ?? newId();
  return {
    number: `T-${String(serial).padStart(6, "0")}`,
    customerId,
    status: "pending",
    paymentStatus: "unpaid",
    approvalStatus: "not_required",
    items,
    totalAmount: euro(items.reduce((sum, { price, quantity }) => sum + price.amount * quantity, 0)),
    shippingAddress: sealed(shippingAddress, sealedPlaces.shippingAddress),
    ...(billingAddress && { billingAddress: sealed(billingAddress, sealedPlaces.billingAddress) }),
    paymentMethod: "card",
    orderDate,
    history: [{ status: "pending", at: orderDate, actorId: customerId }],
    sagaState: "released",
    reservationKey: `order-test-${serial}`,
    outbox: [],
    hasOutbox: false,
    ...overrides,
  };
}

export const fakeOrder = (models: Models, overrides: PlainOrder = {}, tenantId = testTenant): Promise<OrderDocument> =>
  runForTenant(tenantId, async () =>
    (await models.Order.create(orderFields(overrides, tenantId))).toObject<OrderDocument>(),
  );

export function fakeCart(
  models: Models,
  overrides: Partial<CartDocument> = {},
  tenantId = testTenant,
): Promise<CartDocument> {
  const document = {
    ownerId: newId(),
    isOpen: true,
    currency: "EUR",
    lines: [{ _id: newId(), productId: newId(), quantity: 3, unitPrice: euro(250) }],
    expiresAt: new Date(Date.now() + 3_600_000),
    ...overrides,
  };
  return runForTenant(tenantId, async () => (await models.Cart.create(document)).toObject<CartDocument>());
}

export function fakePayment(
  models: Models,
  order: OrderDocument,
  overrides: Partial<PaymentDocument> = {},
): Promise<PaymentDocument> {
  serial += 1;
  const document = {
    orderId: order._id,
    customerId: order.customerId,
    ...(order.companyId && { companyId: order.companyId }),
    provider: "stripe",
    externalId: `pi_${serial}`,
    amount: order.totalAmount,
    status: "paid",
    ...overrides,
  };
  return runForTenant(order.tenantId, async () =>
    (await models.Payment.create(document as Partial<PaymentDocument>)).toObject<PaymentDocument>(),
  );
}

/** A request for a quote, not stored. */
export function quoteFields(overrides: Partial<QuoteDocument> = {}): Partial<QuoteDocument> {
  serial += 1;
  return {
    number: `Q-${serial}`,
    status: "requested",
    customerId: newId(),
    lines: [{ _id: newId(), productId: newId(), quantity: 10 }],
    messages: [],
    outbox: [],
    hasOutbox: false,
    ...overrides,
  };
}

export const fakeQuote = (
  models: Models,
  overrides: Partial<QuoteDocument> = {},
  tenantId = testTenant,
): Promise<QuoteDocument> =>
  runForTenant(tenantId, async () => (await models.Quote.create(quoteFields(overrides))).toObject<QuoteDocument>());
