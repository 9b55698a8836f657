// The demo world as pure functions, so that four subgraphs seed four databases that fit together without reading each
// other. A thing is a number; everything about it follows from tenant, kind and number.
import { type Types } from "mongoose";
import { seedId, seedRandom, type SeedRandom } from "./seed-random.ts";
import { type SeedOrder, seedOrder } from "./seed-orders.ts";
import { type SeedProduct, seedProduct } from "./seed-products.ts";

export const seedTenants = ["alpenmarkt", "harborline"] as const;

/** Currency of each demo shop. */
export const seedCurrency: Record<string, string> = { alpenmarkt: "EUR", harborline: "USD" };

export type SeedKind =
  | "user"
  | "company"
  | "membership"
  | "product"
  | "category"
  | "store"
  | "inventory"
  | "priceList"
  | "priceListEntry"
  | "order"
  | "orderItem"
  | "payment"
  | "cart"
  | "cartLine"
  | "quote"
  | "quoteLine"
  | "review"
  | "reviewSummary"
  | "heroSlide"
  | "page"
  | "partner";

export interface SeedCounts {
  users: number;
  admins: number;
  /** Numbers from `admins` on are suppliers, the rest customers. */
  suppliers: number;
  companies: number;
  products: number;
  categories: number;
  stores: number;
  orders: number;
  priceLists: number;
}

export interface SeedPlan {
  tenantId: string;
  currency: string;
  counts: SeedCounts;
  /** Midnight UTC that all dates count back from. */
  today: Date;
  /** Names the run in `_seed` of every document. */
  runId: string;
  id: (kind: SeedKind, n: number | string) => Types.ObjectId;
  random: (kind: SeedKind, n: number) => SeedRandom;
  product: (n: number) => SeedProduct;
  order: (n: number) => SeedOrder;
  roleOf: (user: number) => "admin" | "supplier" | "customer";
  /** Number of the user's company; customers only. */
  companyOf: (user: number) => number | undefined;
  daysAgo: (days: number) => Date;
}

/** @param scale number of products; the rest of the world grows with it */
export function createSeedPlan(options: { tenantId: string; scale?: number; today: Date }): SeedPlan {
  const { tenantId, today } = options;
  const products = Math.max(2_000, options.scale ?? 0);
  const users = Math.max(300, Math.floor(products / 20));
  const counts: SeedCounts = {
    users,
    admins: 10,
    suppliers: Math.floor(users / 5),
    companies: Math.max(40, Math.floor(products / 200)),
    products,
    categories: 60,
    stores: 12,
    orders: Math.max(3_000, Math.floor(products * 1.5)),
    priceLists: 4,
  };
  const plan: SeedPlan = {
    tenantId,
    currency: seedCurrency[tenantId] ?? "EUR",
    counts,
    today,
    runId: "demo",
    id: (kind, n) => seedId(tenantId, kind, n),
    random: (kind, n) => seedRandom(tenantId, kind, n),
    product: (n) => seedProduct(plan, n),
    order: (n) => seedOrder(plan, n),
    roleOf: (user) =>
      user < counts.admins ? "admin" : user < counts.admins + counts.suppliers ? "supplier" : "customer",
    companyOf: (user) => (plan.roleOf(user) === "customer" ? user % counts.companies : undefined),
    daysAgo: (days) => new Date(today.getTime() - days * 86_400_000),
  };
  return plan;
}
