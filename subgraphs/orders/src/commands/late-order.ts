// What becomes of an order whose runner stood still, for a minute or more, just before it stored it.
import { outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type OrderDocument } from "../models/order.ts";

const system = { role: "service" } as const;

/**
 * Lets an order wait for approval that was stored as one that needs none, unless somebody has dealt with it by now.
 *
 * @returns the order as it is then
 */
export async function requireApproval(models: Models, order: OrderDocument): Promise<OrderDocument> {
  const { $push, $set } = pushOutbox(outboxEntry("order.approvalRequired", system));
  const waiting = await models.Order.findOneAndUpdate(
    { _id: order._id, status: "pending", approvalStatus: "not_required" },
    { $set: { approvalStatus: "pending", ...$set }, $push, $inc: { version: 1 } },
    { returnDocument: "after" },
  ).lean<OrderDocument | null>();
  return waiting ?? order;
}

/**
 * Calls off an order whose key may have another one by now.
 *
 * @returns whether it is called off; false when somebody has dealt with it already
 */
export async function callOffLateOrder(models: Models, _id: Types.ObjectId): Promise<boolean> {
  const status = "cancelled";
  const { $push, $set } = pushOutbox(outboxEntry("order.cancelled", system, { status, reason: "stored too late" }));
  const history = {
    status,
    at: new Date(),
    reason: "Placing it took too long; another order may have taken its place.",
  };
  const { matchedCount } = await models.Order.updateOne(
    { _id, status: "pending" },
    { $set: { status, ...$set }, $push: { history, ...$push }, $inc: { version: 1 } },
  );
  return matchedCount === 1;
}
