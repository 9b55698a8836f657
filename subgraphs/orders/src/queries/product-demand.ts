// When and how much of products was ordered. Read from the orders themselves, so it is never out of step with them; the
// index on the lines' products bounds it by the orders of these products alone.
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { boughtStates } from "../order-states.ts";
import { daysBefore } from "../periods.ts";

const byProduct = { tenantId: 1, "items.productId": 1, orderDate: -1 } as const;

/** Pipeline stages that leave one document for each line of these products. */
const linesOf = (productIds: Types.ObjectId[], since?: Date) => [
  {
    $match: {
      "items.productId": { $in: productIds },
      status: { $in: [...boughtStates] },
      ...(since && { orderDate: { $gte: since } }),
    },
  },
  { $unwind: "$items" },
  { $match: { "items.productId": { $in: productIds } } },
];

/** Time of the last order of each product, by id; products never ordered are absent. */
export async function lastOrderTimes(models: Models, productIds: Types.ObjectId[]): Promise<Map<string, Date>> {
  const rows = await models.Order.aggregate<{ _id: Types.ObjectId; at: Date }>([
    ...linesOf(productIds),
    { $group: { _id: "$items.productId", at: { $max: "$orderDate" } } },
  ]).hint(byProduct);
  return new Map(rows.map(({ _id, at }) => [_id.toHexString(), at]));
}

/**
 * Units ordered, for spans of several lengths at once.
 *
 * @param spans lengths in days
 * @returns by `<product id>:<days>`; absent means none
 */
export async function orderedUnits(
  models: Models,
  productIds: Types.ObjectId[],
  spans: readonly number[],
  now = new Date(),
): Promise<Map<string, number>> {
  const within = (days: number) => ({
    $sum: { $cond: [{ $gte: ["$orderDate", daysBefore(now, days)] }, "$items.quantity", 0] },
  });
  const rows = await models.Order.aggregate<Record<string, number> & { _id: Types.ObjectId }>([
    ...linesOf(productIds, daysBefore(now, Math.max(...spans))),
    { $group: { _id: "$items.productId", ...Object.fromEntries(spans.map((days) => [`d${days}`, within(days)])) } },
  ]).hint(byProduct);
  return new Map(
    rows.flatMap((row) => spans.map((days) => [`${row._id.toHexString()}:${days}`, row[`d${days}`] ?? 0] as const)),
  );
}
