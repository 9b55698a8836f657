import { type SeedProduct, seedUnitPrice } from "./seed-products.ts";
import { type SeedRandom } from "./seed-random.ts";

export type SeedOrderStatus = "pending" | "confirmed" | "shipped" | "delivered" | "cancelled";

export interface SeedOrderLine {
  /** Number of the product. */
  product: number;
  quantity: number;
  /** Price of one unit, minor units. */
  amount: number;
}

export interface SeedOrder {
  /** Number of the customer among the users. */
  customer: number;
  /** Number of the customer's company. */
  company: number;
  status: SeedOrderStatus;
  orderDate: Date;
  lines: SeedOrderLine[];
}

/** The part of the plan that orders need. */
export interface OrderWorld {
  counts: { admins: number; suppliers: number; users: number; companies: number; products: number; orders: number };
  random: (kind: "order", n: number) => SeedRandom;
  product: (n: number) => SeedProduct;
  daysAgo: (days: number) => Date;
}

/** Orders of the last two days are pending, of the last two weeks on their way, older ones arrived or were called off. */
function statusOf(ageDays: number, isCancelled: boolean): SeedOrderStatus {
  if (isCancelled) return "cancelled";
  if (ageDays < 2) return "pending";
  if (ageDays < 6) return "confirmed";
  return ageDays < 14 ? "shipped" : "delivered";
}

export function seedOrder(plan: OrderWorld, n: number): SeedOrder {
  const { admins, suppliers, users, companies, products, orders } = plan.counts;
  const random = plan.random("order", n);
  const customer = admins + suppliers + random.below(users - admins - suppliers);
  // Evenly over a year, newest last: numbers grow with dates, as real order numbers do.
  const ageDays = Math.floor(((orders - 1 - n) * 360) / orders);
  const minutes = random.between(1, 1_200);
  const first = random.below(products);
  const lineCount = random.between(1, 4);
  const lines: SeedOrderLine[] = [];
  for (let line = 0; line < lineCount; line += 1) {
    // A step that shares no factor with most sizes: lines of one order are different products.
    const number = (first + line * 37) % products;
    const product = plan.product(number);
    if (product.postAs === "buyer" || !product.isActive) continue;
    const quantity = product.moq * random.between(1, 12);
    lines.push({ product: number, quantity, amount: seedUnitPrice(product, quantity) });
  }
  if (lines.length === 0) lines.push(fallbackLine(plan, first));
  return {
    customer,
    company: customer % companies,
    status: statusOf(ageDays, random.chance(7)),
    orderDate: new Date(plan.daysAgo(ageDays + 1).getTime() + minutes * 60_000),
    lines,
  };
}

/** An order has a line: the next product on sale. */
function fallbackLine(plan: OrderWorld, from: number): SeedOrderLine {
  for (let number = from; ; number = (number + 1) % plan.counts.products) {
    const product = plan.product(number);
    if (product.postAs === "seller" && product.isActive) {
      return { product: number, quantity: product.moq, amount: seedUnitPrice(product, product.moq) };
    }
  }
}
