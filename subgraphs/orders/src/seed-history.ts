import { type SeedOrder } from "@tradegraph/kit/seed-orders";
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type SeedRandom } from "@tradegraph/kit/seed-random";
import { type OrderHistoryDocument } from "./models/order.ts";

const hourMs = 3_600_000;

/**
 * How an order came to its state: each step a transition of the table, later than the one before and before today.
 * Orders of the plan are old enough for their state: 2 days confirmed, 6 shipped, 14 delivered.
 */
export function seedHistory(
  plan: SeedPlan,
  { customer, lines, orderDate, status }: SeedOrder,
  random: SeedRandom,
): OrderHistoryDocument[] {
  const buyer = plan.id("user", customer);
  const supplier = plan.id("user", plan.product(lines[0]?.product ?? 0).supplier);
  const admin = plan.id("user", random.below(plan.counts.admins));
  const history: OrderHistoryDocument[] = [{ status: "pending", at: orderDate, actorId: buyer }];
  const add = (entry: Omit<OrderHistoryDocument, "at">, least: number, most: number) => {
    const before = history.at(-1)?.at ?? orderDate;
    history.push({ ...entry, at: new Date(before.getTime() + random.between(least * 60, most * 60) * 60_000) });
  };
  const isOld = plan.today.getTime() - orderDate.getTime() > 20 * 24 * hourMs;
  if (status === "cancelled" && !(isOld && random.chance(40))) {
    add(
      { status, actorId: buyer, reason: random.pick(["Ordered twice.", "No longer needed.", "Wrong product."]) },
      1,
      3,
    );
    return history;
  }
  if (status === "pending") return history;
  // Paid in advance, some orders are accepted by the system itself.
  add({ status: "confirmed", ...(random.chance(70) && { actorId: random.pick([supplier, admin]) }) }, 2, 20);
  if (status === "cancelled") add({ status, actorId: admin, reason: "The supplier cannot deliver." }, 1, 24);
  if (status === "shipped" || status === "delivered") add({ status: "shipped", actorId: supplier }, 24, 84);
  if (status === "delivered") add({ status, reason: "Reported by the carrier." }, 48, 168);
  return history;
}
