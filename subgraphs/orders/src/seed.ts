// Demo data of this subgraph: orders of a year with their payments, open carts, requests for quotes.
import { type SeedTask, writeSeed } from "@tradegraph/kit/seed-writer";
import { type CounterDocument } from "./models/counter.ts";
import { cartOwners, seedCarts } from "./seed-carts.ts";
import { seedOrders, seedPayments } from "./seed-orders.ts";
import { quoteCount, seedQuotes } from "./seed-quotes.ts";

/** @returns new documents @throws Error without a cipher */
export async function seed(task: SeedTask): Promise<number> {
  const { plan, cipher } = task;
  if (!cipher) throw new Error("The orders' seed needs a cipher for addresses.");
  const { orders } = plan.counts;
  return (
    (await raiseCounter(task, "order", orders)) +
    (await raiseCounter(task, "quote", quoteCount(plan))) +
    (await writeSeed(task, "orders", orders, seedOrders(plan, cipher))) +
    (await writeSeed(task, "payments", orders, seedPayments(plan))) +
    (await writeSeed(task, "carts", cartOwners(plan).length, seedCarts(plan))) +
    (await writeSeed(task, "quotes", quoteCount(plan), seedQuotes(plan)))
  );
}

/** New numbers go on after the seeded ones; a counter that is further already stays where it is. */
async function raiseCounter(
  { connection, plan }: SeedTask,
  name: CounterDocument["name"],
  value: number,
): Promise<number> {
  const dates = { createdAt: plan.today, updatedAt: plan.today };
  const { upsertedCount } = await connection
    .collection("counters")
    .updateOne(
      { tenantId: plan.tenantId, name },
      { $max: { value }, $setOnInsert: { ...dates, version: 1, _seed: plan.runId } },
      { upsert: true },
    );
  return upsertedCount;
}
