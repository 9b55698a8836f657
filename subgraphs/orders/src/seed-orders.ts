// Demo orders and their payments: what the shared plan says, with a life that obeys the rules of the shop.
import { withOutbox } from "@tradegraph/kit/outbox";
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type StoredMoney, sumMoney, timesQuantity } from "@tradegraph/kit/money";
import { type SealedPlace } from "@tradegraph/kit/sealed-field";
import { type SeedOrder } from "@tradegraph/kit/seed-orders";
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type SeedRandom } from "@tradegraph/kit/seed-random";
import { type SeedDocument } from "@tradegraph/kit/seed-writer";
import { reservationKeyOf } from "./commands/order-place.ts";
import { numberText } from "./commands/next-number.ts";
import {
  type StoredApprovalStatus,
  type StoredPaymentMethod,
  type StoredPaymentProvider,
  type StoredPaymentStatus,
} from "./enums.ts";
import { sealedPlaces } from "./models/sealed-places.ts";
import { sealAddress } from "./sealed-address.ts";
import { seedAddress } from "./seed-address.ts";
import { seedHistory } from "./seed-history.ts";

const dayMs = 86_400_000;

/** Open invoices stay small, so that companies stay within their credit. Minor units. */
const largestOpenInvoice = 2_000_000;

/** An invoice older than this is paid. */
const longestTermMs = 60 * dayMs;

interface OrderFacts extends SeedOrder {
  total: StoredMoney;
  paymentMethod: StoredPaymentMethod;
  paymentStatus: StoredPaymentStatus;
  approvalStatus: StoredApprovalStatus;
  history: ReturnType<typeof seedHistory>;
  random: SeedRandom;
}

function factsOf(plan: SeedPlan, n: number): OrderFacts {
  const order = plan.order(n);
  // Another stream than the one that made the order.
  const random = plan.random("order", -n - 1);
  const { currency } = plan;
  const total = sumMoney(
    order.lines.map(({ amount, quantity }) => timesQuantity({ amount, currency }, quantity)),
    currency,
  );
  const history = seedHistory(plan, order, random);
  const isOpen = order.status !== "delivered" && order.status !== "cancelled";
  const methods: StoredPaymentMethod[] = ["card", "paypal", "bank_transfer", "invoice"];
  const paymentMethod = random.pick(isOpen && total.amount > largestOpenInvoice ? methods.slice(0, 3) : methods);
  const wasConfirmed = history.some(({ status }) => status === "confirmed");
  const isDue = plan.today.getTime() - order.orderDate.getTime() > longestTermMs || total.amount > largestOpenInvoice;
  return {
    ...order,
    total,
    paymentMethod,
    paymentStatus: paymentStatusOf({ ...order, paymentMethod, wasConfirmed, isDue }, random),
    approvalStatus: approvalStatusOf(order, random),
    history,
    random,
  };
}

type Paying = Pick<OrderFacts, "status" | "paymentMethod"> & { wasConfirmed: boolean; isDue: boolean };

function paymentStatusOf(
  { status, paymentMethod, wasConfirmed, isDue }: Paying,
  random: SeedRandom,
): StoredPaymentStatus {
  const isOnline = paymentMethod === "card" || paymentMethod === "paypal";
  const chance = random.below(100);
  if (status === "pending") {
    if (!isOnline || chance < 30) return "unpaid";
    return chance < 80 ? "authorized" : "failed";
  }
  if (status === "cancelled") {
    if (wasConfirmed) return paymentMethod === "invoice" ? "unpaid" : "refunded";
    return isOnline && chance < 50 ? "failed" : "unpaid";
  }
  if (paymentMethod === "invoice") return status === "delivered" && isDue ? "paid" : "unpaid";
  if (status === "delivered") return chance < 4 ? "refunded" : "paid";
  return paymentMethod === "card" && chance < 50 ? "authorized" : "paid";
}

function approvalStatusOf({ status }: SeedOrder, random: SeedRandom): StoredApprovalStatus {
  const isAboveLimit = random.chance(20);
  if (!isAboveLimit) return "not_required";
  if (status === "pending") return "pending";
  return status === "cancelled" ? "rejected" : "approved";
}

export function* seedOrders(plan: SeedPlan, cipher: FieldCipher): Generator<SeedDocument> {
  const sealed = (random: SeedRandom, place: SealedPlace) =>
    sealAddress(cipher, seedAddress(random), { ...place, tenantId: plan.tenantId });
  for (let n = 0; n < plan.counts.orders; n += 1) {
    const { customer, company, lines, orderDate, status, history, total, random, ...states } = factsOf(plan, n);
    const _id = plan.id("order", n);
    const atOf = (wanted: string) => history.find((entry) => entry.status === wanted)?.at;
    const [shippedDate, deliveredDate] = [atOf("shipped"), atOf("delivered")];
    yield {
      _id,
      number: numberText("order", orderDate.getUTCFullYear(), n + 1),
      customerId: plan.id("user", customer),
      companyId: plan.id("company", company),
      status,
      paymentStatus: states.paymentStatus,
      approvalStatus: states.approvalStatus,
      items: lines.map(({ product, quantity, amount }, line) => {
        const { sku, name, supplier } = plan.product(product);
        return {
          _id: plan.id("orderItem", `${n}:${line}`),
          productId: plan.id("product", product),
          sku,
          productName: name,
          quantity,
          price: { amount, currency: plan.currency },
          supplierId: plan.id("user", supplier),
        };
      }),
      totalAmount: total,
      shippingAddress: sealed(random, sealedPlaces.shippingAddress),
      ...(random.chance(25) && { billingAddress: sealed(random, sealedPlaces.billingAddress) }),
      paymentMethod: states.paymentMethod,
      ...(random.chance(40) && { purchaseOrderNumber: `PO-${random.between(10_000, 99_999)}` }),
      ...(random.chance(20) && {
        notes: random.pick(["Please call before delivery.", "Gate 3.", "Leave at the dock."]),
      }),
      orderDate,
      ...(shippedDate && { shippedDate }),
      ...(deliveredDate && { deliveredDate }),
      history,
      // Pending orders of the seed hold no units: their reservations would have lapsed before anybody looked.
      sagaState:
        history.some((entry) => entry.status === "confirmed") && status !== "cancelled" ? "confirmed" : "released",
      reservationKey: reservationKeyOf({ orderId: _id }),
      outbox: [],
      hasOutbox: false,
      createdAt: orderDate,
      updatedAt: history.at(-1)?.at ?? orderDate,
    };
  }
}

const providers: Record<StoredPaymentMethod, StoredPaymentProvider> = {
  card: "stripe",
  paypal: "paypal",
  invoice: "manual",
  bank_transfer: "manual",
};

export function* seedPayments(plan: SeedPlan): Generator<SeedDocument> {
  for (let n = 0; n < plan.counts.orders; n += 1) {
    const { customer, company, orderDate, paymentMethod, paymentStatus, total } = factsOf(plan, n);
    if (paymentStatus === "unpaid") continue;
    // Every eleventh payment by card went through only the second time.
    const isRepeated = paymentMethod === "card" && paymentStatus === "paid" && n % 11 === 0;
    const attempts: StoredPaymentStatus[] = isRepeated ? ["failed", paymentStatus] : [paymentStatus];
    for (const [attempt, status] of attempts.entries()) {
      const _id = plan.id("payment", `${n}:${attempt}`);
      const createdAt = new Date(orderDate.getTime() + (attempt + 1) * 60_000);
      yield {
        _id,
        orderId: plan.id("order", n),
        customerId: plan.id("user", customer),
        companyId: plan.id("company", company),
        provider: providers[paymentMethod],
        externalId: `demo_${_id.toHexString()}`,
        amount: total,
        status,
        ...withOutbox(),
        createdAt,
        updatedAt: createdAt,
      };
    }
  }
}
