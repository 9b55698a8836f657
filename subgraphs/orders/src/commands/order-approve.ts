import { conflict, forbidden, notFound } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type OrderApproveInput } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { type OrderDocument } from "../models/order.ts";
import { type ProductsService } from "../products-service.ts";
import { type SpendingRule, type UsersService } from "../users-service.ts";
import { invalidInput, type InvalidInput, type InvalidTransition } from "../user-errors.ts";

export interface OrderApproval {
  models: Models;
  products: ProductsService;
  users: UsersService;
  viewer: Viewer;
  requestId: string;
  input: OrderApproveInput;
}

export interface ApprovedOrder {
  order?: OrderDocument;
  userErrors: (InvalidInput | InvalidTransition)[];
}

const longestReason = 500;

const approvers: readonly SpendingRule["role"][] = ["APPROVER", "COMPANY_ADMIN"];

/**
 * An approver's word on an order above its buyer's limit. What the approver and the buyer may do counts as it is now,
 * whatever a token says; an order of somebody who does not order for the company any more can only be rejected. Four eyes: never of who placed it, whatever the role. A
 * rejected order is called off and its units go back; when products does not answer, they come back as the reservation
 * lapses, and `sagaState` stays `reserved`. Saying the same again gives the same answer.
 *
 * @throws PublicError NOT_FOUND for an order of another company, FORBIDDEN for one's own and to who is no approver any
 *   more, CONFLICT for another version, SERVICE_UNAVAILABLE when users does not answer
 */
export async function orderApprove(approval: OrderApproval): Promise<ApprovedOrder> {
  const { models, viewer, input } = approval;
  const reason = input.reason?.trim();
  if ((reason ?? "").length > longestReason)
    return { userErrors: [invalidInput(`Use at most ${longestReason} characters.`, "reason")] };
  const companyId = toObjectId(viewer.companyId ?? "", "companyId");
  const order = await models.Order.findOne({ _id: toObjectId(input.id), companyId }).lean<OrderDocument | null>();
  if (!order) throw notFound("There is no such order of the company you act for.");
  if (order.customerId.toHexString() === viewer.userId) throw forbidden("Somebody else must approve your own order.");

  const [own, buyers] = await rulesOf(approval, order);
  if (!own || !approvers.includes(own.role))
    throw forbidden("You do not approve orders of this company any more, or it may not trade now.");
  const wanted = input.approve ? "approved" : "rejected";
  if (order.approvalStatus === wanted) return { order: await giveBack(approval, order), userErrors: [] };
  if (order.approvalStatus !== "pending" || order.status !== "pending") return { userErrors: [notWaiting(order)] };
  if (typeof input.version === "number" && input.version !== order.version) throw changed();
  if (input.approve && !buyers)
    return { userErrors: [invalidInput("The buyer does not order for the company any more; reject it.", "approve")] };
  const decided = await decide(approval, order, wanted, reason);
  return { order: await giveBack(approval, decided), userErrors: [] };
}

/** What the approver, and the buyer, may do for the order's company now. */
function rulesOf({ users, viewer, input }: OrderApproval, { customerId, companyId }: OrderDocument) {
  const company = companyId?.toHexString() ?? "";
  return Promise.all([
    users.spendingRule(viewer.userId ?? "", company),
    input.approve ? users.spendingRule(customerId.toHexString(), company) : null,
  ]);
}

const changed = () => conflict("The order changed meanwhile; look at it again, then repeat.");

const notWaiting = ({ approvalStatus: current }: OrderDocument): InvalidTransition => ({
  __typename: "InvalidTransitionError",
  message: "This order does not wait for approval.",
  field: ["input", "id"],
  current,
});

async function decide(
  { models, viewer, requestId }: OrderApproval,
  { _id, version }: OrderDocument,
  approvalStatus: "approved" | "rejected",
  reason: string | undefined,
): Promise<OrderDocument> {
  const status = approvalStatus === "approved" ? "pending" : "cancelled";
  const event = approvalStatus === "approved" ? "order.approved" : "order.rejected";
  const { $push, $set } = pushOutbox(outboxEntry(event, actorOf(viewer, requestId), { status }));
  const actorId = toObjectId(viewer.userId ?? "", "userId");
  const history = { status, at: new Date(), actorId, ...(reason && { reason }) };
  const decided = await models.Order.findOneAndUpdate(
    { _id, version, approvalStatus: "pending", status: "pending" },
    { $set: { approvalStatus, status, ...$set }, $push: { history, ...$push }, $inc: { version: 1 } },
    { returnDocument: "after" },
  ).lean<OrderDocument | null>();
  if (!decided) throw changed();
  return decided;
}

/** Gives the units of a rejected order back, if that has not been done. */
async function giveBack({ models, products }: OrderApproval, order: OrderDocument): Promise<OrderDocument> {
  if (order.approvalStatus !== "rejected" || order.sagaState !== "reserved") return order;
  try {
    await products.release(order.reservationKey);
  } catch {
    // The word stands; the reservation lapses by itself.
    return order;
  }
  const released = await models.Order.findOneAndUpdate(
    { _id: order._id, sagaState: "reserved", status: "cancelled" },
    { $set: { sagaState: "released" }, $inc: { version: 1 } },
    { returnDocument: "after" },
  ).lean<OrderDocument | null>();
  return released ?? order;
}
