// Whether an order keeps its buyer's limit, decided so that two at once do not both slip under it. What was spent is read
// from the orders themselves; orders that are about to be stored are noted in one document for each person and company,
// whose version lets one of them decide at a time.
import { type StoredMoney } from "@tradegraph/kit/money";
import { mongo, type Types } from "mongoose";
import { type StoredApprovalStatus } from "../enums.ts";
import { type Models } from "../models.ts";
import { mostInFlight, type SpendingDocument } from "../models/spending.ts";
import { periodStart, type SpendingPeriod } from "../periods.ts";
import { spending, spendingKeyText } from "../queries/buyer-totals.ts";
import { type SpendingRule } from "../users-service.ts";
import { reservationMs, retryable } from "./claim-key.ts";

export interface SpendingClaim {
  userId: Types.ObjectId;
  companyId: Types.ObjectId;
  orderId: Types.ObjectId;
  total: StoredMoney;
  rule: SpendingRule;
  /** The order's date. */
  now: Date;
}

/** Each round that fails, another order of the same person was decided on. */
const mostRounds = mostInFlight;

/**
 * Whether somebody must approve the order. Below the limit the amount counts from now on; call {@link endClaim} when the
 * order is stored, or will not be. An amount in another currency than the limit's cannot be compared and needs approval.
 *
 * @throws PublicError CONFLICT when the person places too many orders at once
 */
export async function claimSpending(models: Models, claim: SpendingClaim): Promise<StoredApprovalStatus> {
  const { total, rule } = claim;
  const { limit, period } = rule;
  if (!limit) return "not_required";
  if (limit.currency !== total.currency) return "pending";
  if (period === "ORDER") return total.amount > limit.amount ? "pending" : "not_required";
  await endClaim(models, claim);
  for (let round = 0; round < mostRounds; round += 1) {
    const open = await openDocument(models, claim);
    if (open.inFlight.length >= mostInFlight) break;
    const isAbove = (await spentSoFar(models, claim, open, period)) + total.amount > limit.amount;
    const { modifiedCount } = await models.Spending.updateOne(
      { _id: open._id, version: open.version },
      { $push: { inFlight: { orderId: claim.orderId, amount: total, at: claim.now } }, $inc: { version: 1 } },
    );
    if (modifiedCount === 1) return isAbove ? "pending" : "not_required";
  }
  throw retryable("Too many orders are being placed at once; try again with the same key.");
}

type Place = Pick<SpendingClaim, "userId" | "companyId" | "orderId">;

/** From now on the order counts because it is stored, or not at all. Takes away what crashed orders left, too. */
export async function endClaim(models: Models, { userId, companyId, orderId }: Place): Promise<void> {
  const lapsed = new Date(Date.now() - reservationMs);
  await models.Spending.updateOne(
    { userId, companyId },
    { $pull: { inFlight: { $or: [{ orderId }, { at: { $lt: lapsed } }] } } },
  );
}

async function openDocument(models: Models, { userId, companyId }: Place): Promise<SpendingDocument> {
  const find = () => models.Spending.findOne({ userId, companyId }).lean<SpendingDocument | null>();
  const known = await find();
  if (known) return known;
  try {
    return (await models.Spending.create({ userId, companyId, inFlight: [] })).toObject();
  } catch (error) {
    const other = error instanceof mongo.MongoServerError && error.code === 11000 ? await find() : null;
    if (other) return other;
    throw error;
  }
}

/**
 * Orders of the period, and those about to be stored. The document is read first: whatever is stored since then was in
 * it, is counted there and left out here; whatever came into it since then makes the update fail.
 */
async function spentSoFar(
  models: Models,
  { userId, companyId, total, now }: SpendingClaim,
  { inFlight }: SpendingDocument,
  period: SpendingPeriod,
): Promise<number> {
  const except = inFlight.map(({ orderId }) => orderId);
  const sums = await spending(models, { userIds: [userId], companyIds: [companyId], except }, now);
  const key = spendingKeyText({ userId: userId.toHexString(), companyId: companyId.toHexString(), period });
  const since = periodStart(period, now);
  const waiting = inFlight.filter(({ amount, at }) => amount.currency === total.currency && at >= since);
  return waiting.reduce((sum, { amount }) => sum + amount.amount, sums.get(`${key}:${total.currency}`) ?? 0);
}
