// Whether an order keeps its buyer's limit, decided so that two at once do not both slip under it. What was spent is read
// from the orders themselves; orders that are about to be stored are noted in one document for each person and membership,
// whose version lets one of them decide at a time. From the decision until it is stored an order counts by its note, which
// only the runner that made it takes out, or the time: a runner that comes late finds its note gone.
import { type StoredMoney } from "@tradegraph/kit/money";
import { mongo, type Types } from "mongoose";
import { type StoredApprovalStatus } from "../enums.ts";
import { type Models } from "../models.ts";
import { type InFlightOrder, mostInFlight, type SpendingDocument } from "../models/spending.ts";
import { periodStart, type SpendingPeriod } from "../periods.ts";
import { spending, spendingKeyText } from "../queries/buyer-totals.ts";
import { type SpendingRule } from "../users-service.ts";
import { reservationMs, retryable } from "./claim-key.ts";

export interface SpendingClaim {
  userId: Types.ObjectId;
  /** Of the membership whose limit it is. */
  companyId: Types.ObjectId;
  orderId: Types.ObjectId;
  /** Of the runner. */
  lease: Types.ObjectId;
  total: StoredMoney;
  rule: Pick<SpendingRule, "limit" | "period">;
  /** The order's date. */
  now: Date;
}

export interface SpendingDecision {
  approvalStatus: StoredApprovalStatus;
  /** Whether the order counts by a note from now on; call {@link endClaim} when it is stored, or will not be. */
  isNoted: boolean;
}

/** Each round that fails, another order of the same person was decided on. */
const mostRounds = mostInFlight;

/**
 * Whether somebody must approve the order. An amount in another currency than the limit's cannot be compared and needs
 * approval. The note of another runner for the same order stays: that one may still store it.
 *
 * @throws PublicError CONFLICT when the person places too many orders at once
 */
export async function claimSpending(models: Models, claim: SpendingClaim): Promise<SpendingDecision> {
  const { total, rule, orderId, lease, now } = claim;
  const { limit, period } = rule;
  const alone = (isAbove: boolean): SpendingDecision => ({ approvalStatus: statusOf(isAbove), isNoted: false });
  if (!limit) return alone(false);
  if (limit.currency !== total.currency) return alone(true);
  if (period === "ORDER") return alone(total.amount > limit.amount);
  await dropLapsed(models, claim);
  for (let round = 0; round < mostRounds; round += 1) {
    const open = await openDocument(models, claim);
    if (open.inFlight.length >= mostInFlight) break;
    const isAbove = (await spentSoFar(models, claim, open, period)) + total.amount > limit.amount;
    const { modifiedCount } = await models.Spending.updateOne(
      { _id: open._id, version: open.version },
      { $push: { inFlight: { orderId, lease, amount: total, at: now } }, $inc: { version: 1 } },
    );
    if (modifiedCount === 1) return { approvalStatus: statusOf(isAbove), isNoted: true };
  }
  throw retryable("Too many orders are being placed at once; try again with the same key.");
}

const statusOf = (isAbove: boolean): StoredApprovalStatus => (isAbove ? "pending" : "not_required");

type Place = Pick<SpendingClaim, "userId" | "companyId">;

/**
 * From now on the order counts because it is stored, or not at all.
 *
 * @param isStored by this runner: nobody else can store it any more, so the notes of others go as well
 * @returns false when the runner was so slow that others have decided without its note
 */
export async function endClaim(
  models: Models,
  { userId, companyId, orderId, lease }: Place & Pick<SpendingClaim, "orderId" | "lease">,
  isStored: boolean,
): Promise<boolean> {
  const { modifiedCount } = await models.Spending.updateOne(
    { userId, companyId, "inFlight.lease": lease },
    { $pull: { inFlight: isStored ? { orderId } : { lease } }, $inc: { version: 1 } },
  );
  return modifiedCount === 1;
}

/** Takes away what crashed runners left. One that only stood still learns of it by {@link endClaim}. */
async function dropLapsed(models: Models, { userId, companyId }: Place): Promise<void> {
  const at = { $lt: new Date(Date.now() - reservationMs) };
  await models.Spending.updateOne(
    { userId, companyId, "inFlight.at": at },
    { $pull: { inFlight: { at } }, $inc: { version: 1 } },
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
 * Orders of the period, and those about to be stored, without the one in question. The document is read first: whatever is
 * stored since then was in it, is counted there and left out here; whatever came into it since then makes the update fail.
 */
async function spentSoFar(
  models: Models,
  { userId, companyId, orderId, total, now }: SpendingClaim,
  { inFlight }: SpendingDocument,
  period: SpendingPeriod,
): Promise<number> {
  const except = [orderId, ...inFlight.map((order) => order.orderId)];
  const sums = await spending(models, { userIds: [userId], companyIds: [companyId], except }, now);
  const key = spendingKeyText({ userId: userId.toHexString(), companyId: companyId.toHexString(), period });
  const since = periodStart(period, now);
  const waiting = inFlight.filter(
    (order) => order.amount.currency === total.currency && order.at >= since && !order.orderId.equals(orderId),
  );
  return sumOf(waiting) + (sums.get(`${key}:${total.currency}`) ?? 0);
}

/** Of an order that two runners have noted the greater amount: either may store it. */
function sumOf(waiting: readonly InFlightOrder[]): number {
  const amounts = new Map<string, number>();
  for (const { orderId, amount } of waiting) {
    const id = orderId.toHexString();
    amounts.set(id, Math.max(amounts.get(id) ?? 0, amount.amount));
  }
  return [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
}
