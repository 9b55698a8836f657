import { type SeedPlan } from "@tradegraph/kit/seed-plan";

/** What the demo orders come to, so that limits are set that they keep. Minor units. */
export interface SeedSpending {
  /** By number of the company: orders of the last 90 days, which may be unpaid. */
  open: Float64Array;
  /** By number of the user: all orders, none of which is older than a year. */
  ofUser: Float64Array;
}

const openDays = 90;

export function seedSpending(plan: SeedPlan): SeedSpending {
  const { companies, users, orders } = plan.counts;
  const spending = { open: new Float64Array(companies), ofUser: new Float64Array(users) };
  const since = plan.daysAgo(openDays);
  for (let n = 0; n < orders; n += 1) {
    const { company, customer, orderDate, status, lines } = plan.order(n);
    if (status === "cancelled") continue;
    const total = lines.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0);
    spending.ofUser[customer] = (spending.ofUser[customer] ?? 0) + total;
    if (orderDate >= since) spending.open[company] = (spending.open[company] ?? 0) + total;
  }
  return spending;
}

/** A round limit with room above what is used already: a half more, and a million at least. */
export const roundLimit = (used: number): number => (Math.ceil((used * 1.5) / 100_000_00) + 1) * 100_000_00;
