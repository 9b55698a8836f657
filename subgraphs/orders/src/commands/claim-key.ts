// An idempotency key belongs to one runner at a time, for as long as its lease lasts. A runner that died is replaced when
// the lease is over; the order's id is in the claim, so both would make the same order. A claim that is given up may be
// followed by another with another order: who stores one late finds its claim gone, and calls the order off.
import { badUserInput, PublicError } from "@tradegraph/kit/errors";
import { mongo, Types } from "mongoose";
import { type Models } from "../models.ts";
import { type IdempotencyKeyDocument } from "../models/idempotency-key.ts";

/** How long a runner may take before another goes on. */
export const leaseMs = 60_000;

/** How long units are set aside for an order that is being placed. */
export const reservationMs = 15 * 60_000;

/** How long a key is remembered. */
const keyLifetimeMs = 24 * 3_600_000;

export interface ClaimRequest {
  actorId: Types.ObjectId;
  key: string;
  requestHash: string;
}

export interface Claim {
  document: IdempotencyKeyDocument;
  /** False when an earlier runner may have made the order already. */
  isFresh: boolean;
}

/** An error of state that passes: the same request may succeed in a moment. */
export const retryable = (message: string): PublicError => new PublicError("CONFLICT", message, { retryable: true });

/**
 * @returns the claim, this runner's unless its state is `done`
 * @throws PublicError BAD_USER_INPUT for a key that was used with other input, CONFLICT while another runner is at work
 */
export async function claimKey(models: Models, request: ClaimRequest): Promise<Claim> {
  // Each round ends unless another runner gave up the key in between; three of them do not do so in a row.
  for (let round = 0; round < 3; round += 1) {
    const fresh = await insertClaim(models, request);
    if (fresh) return { document: fresh, isFresh: true };
    const { actorId, key, requestHash } = request;
    const known = await models.IdempotencyKey.findOne({ actorId, key }).lean<IdempotencyKeyDocument | null>();
    if (!known) continue;
    if (known.requestHash !== requestHash) {
      throw badUserInput("This key of `@idempotent` was used with other input; use a new key for each intent.", [
        "key",
      ]);
    }
    const next = known.state === "done" ? known : await takeOver(models, known);
    if (next) return { document: next, isFresh: false };
  }
  throw retryable("This order is being placed; try again with the same key.");
}

async function insertClaim(models: Models, request: ClaimRequest): Promise<IdempotencyKeyDocument | undefined> {
  const now = Date.now();
  try {
    const claim = await models.IdempotencyKey.create({
      ...request,
      state: "running",
      orderId: new Types.ObjectId(),
      lease: new Types.ObjectId(),
      leaseUntil: new Date(now + leaseMs),
      expiresAt: new Date(now + keyLifetimeMs),
    });
    return claim.toObject();
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11000) return undefined;
    throw error;
  }
}

/** @returns undefined when the claim was given up, so that a new one can be made */
async function takeOver(models: Models, known: IdempotencyKeyDocument): Promise<IdempotencyKeyDocument | undefined> {
  const now = new Date();
  const isPlaced = (await models.Order.exists({ _id: known.orderId })) !== null;
  if (isPlaced) {
    await finishClaim(models, known);
    return { ...known, state: "done" };
  }
  if (known.leaseUntil > now) throw retryable("This order is being placed; try again with the same key.");
  // The first runner's reservation lapses soon, and a key of products that ended stays ended: begin anew.
  if (known.createdAt.getTime() + reservationMs / 2 < now.getTime()) {
    await dropClaim(models, known);
    return undefined;
  }
  const taken = await models.IdempotencyKey.findOneAndUpdate(
    { _id: known._id, lease: known.lease, state: "running" },
    { $set: { lease: new Types.ObjectId(), leaseUntil: new Date(now.getTime() + leaseMs) }, $inc: { version: 1 } },
    { returnDocument: "after" },
  ).lean<IdempotencyKeyDocument | null>();
  return taken ?? undefined;
}

type Held = Pick<IdempotencyKeyDocument, "_id" | "lease">;

/** Puts the lease forward, before a step that must not happen twice. @throws PublicError CONFLICT when it is lost */
export async function renewLease(models: Models, { _id, lease }: Held): Promise<void> {
  const { matchedCount } = await models.IdempotencyKey.updateOne(
    { _id, lease, state: "running", leaseUntil: { $gt: new Date() } },
    { $set: { leaseUntil: new Date(Date.now() + leaseMs) }, $inc: { version: 1 } },
  );
  if (matchedCount === 0) throw retryable("Placing the order took too long; try again with the same key.");
}

/** Ends the lease at once, so that the next request with the key goes on with the same reservation. */
export async function endLease(models: Models, { _id, lease }: Held): Promise<void> {
  await models.IdempotencyKey.updateOne({ _id, lease }, { $set: { leaseUntil: new Date() }, $inc: { version: 1 } });
}

/**
 * From now on the key gives this order, whoever of its runners has stored it.
 *
 * @returns false when the claim was given up: the key may have, or get, another order
 */
export async function finishClaim(models: Models, { _id }: Pick<Held, "_id">): Promise<boolean> {
  const { matchedCount } = await models.IdempotencyKey.updateOne(
    { _id },
    { $set: { state: "done" }, $inc: { version: 1 } },
  );
  return matchedCount === 1;
}

/** Forgets the key: nothing happened. @returns false when another runner has it by now */
export async function dropClaim(models: Models, { _id, lease }: Held): Promise<boolean> {
  const { deletedCount } = await models.IdempotencyKey.deleteOne({ _id, lease, state: "running" });
  return deletedCount === 1;
}
