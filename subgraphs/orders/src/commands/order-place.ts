// Placing an order, step by step, without a transaction: claim the key, price the lines, set the units aside, insert the
// order. Whatever dies on the way is taken up by the next request with the key, or undone by time (domain-and-data 4.3).
import { createHash } from "node:crypto";
import { notFound, PublicError } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { type Models } from "../models.ts";
import { type IdempotencyKeyDocument } from "../models/idempotency-key.ts";
import { type OrderDocument } from "../models/order.ts";
import { checkOrderInput, type OrderInput, type OrderRequest } from "../order-input.ts";
import { type PricedOrder, priceOrder } from "../order-pricing.ts";
import { type ProductsService } from "../products-service.ts";
import { type InsufficientStock, type OrderPlaceError } from "../user-errors.ts";
import { claimKey, dropClaim, endLease, finishClaim, renewLease, reservationMs, retryable } from "./claim-key.ts";
import { nextNumber } from "./next-number.ts";

export interface OrderPlacing {
  models: Models;
  products: ProductsService;
  viewer: Viewer;
  /** Of `@idempotent`. */
  key: string;
  input: OrderInput;
}

export interface PlacedOrder {
  order?: OrderDocument;
  userErrors: OrderPlaceError[];
}

interface Run extends OrderPlacing {
  request: OrderRequest;
  claim: IdempotencyKeyDocument;
}

const refused = (userErrors: OrderPlaceError[]): PlacedOrder => ({ userErrors });

/**
 * Orders once for each key of a person, however often it is sent.
 *
 * @throws PublicError BAD_USER_INPUT for a key with other input, CONFLICT while the same is going on,
 *   SERVICE_UNAVAILABLE when products does not answer
 */
export async function placeOrder(placing: OrderPlacing): Promise<PlacedOrder> {
  const { models, viewer, key } = placing;
  const request = checkOrderInput(placing.input);
  if (Array.isArray(request)) return refused(request);
  const requestHash = createHash("sha256")
    .update(JSON.stringify([viewer.companyId ?? null, request]))
    .digest("base64url");
  const actorId = toObjectId(viewer.userId ?? "", "userId");
  const { document: claim, isFresh } = await claimKey(models, { actorId, key, requestHash });
  if (!isFresh && claim.state === "done") return finished(models, claim);
  return run({ ...placing, request, claim });
}

async function finished(models: Models, claim: IdempotencyKeyDocument): Promise<PlacedOrder> {
  const order = await models.Order.findById(claim.orderId).lean<OrderDocument | null>();
  if (!order) throw notFound("The order of this key is gone; use a new key to order again.");
  return { order, userErrors: [] };
}

/** Name of the reservation, the same for every runner of the claim. */
export const reservationKeyOf = ({ orderId }: Pick<IdempotencyKeyDocument, "orderId">): string =>
  `order-${orderId.toHexString()}`;

async function run(current: Run): Promise<PlacedOrder> {
  const { models, products, claim } = current;
  const prepared = await prepare(current).catch(async (error: unknown) => {
    await giveUp(current, error);
    throw error;
  });
  if (Array.isArray(prepared)) {
    await dropClaim(models, claim);
    return refused(prepared);
  }
  await renewLease(models, claim);
  try {
    const order = await insertOrder(current, prepared);
    await finishClaim(models, claim);
    return { order, userErrors: [] };
  } catch (error) {
    // The answer may be lost although the order is there, or another runner was quicker.
    if (await models.Order.exists({ _id: claim.orderId })) {
      await finishClaim(models, claim);
      return finished(models, claim);
    }
    // Only who still has the claim may give the units back: they are another runner's otherwise.
    if (await dropClaim(models, claim)) await products.release(reservationKeyOf(claim)).catch(ignored);
    throw error;
  }
}

/** Units that cannot be given back now come back when their reservation lapses. */
const ignored = () => undefined;

/** Prices, then units. @returns errors when there is something for the buyer to change */
async function prepare({ products, claim, request: { lines } }: Run): Promise<PricedOrder | OrderPlaceError[]> {
  const priced = priceOrder(lines, await products.offers(lines));
  if (Array.isArray(priced)) return priced;
  const expiresAt = new Date(Date.now() + reservationMs);
  const shortages = await products.reserve({ key: reservationKeyOf(claim), expiresAt, lines });
  if (shortages.length === 0) return priced;
  return shortages.map((shortage): InsufficientStock => {
    const index = lines.findIndex(({ productId }) => productId === shortage.productId);
    return {
      __typename: "InsufficientStockError",
      message: `Only ${shortage.available} are in stock; order less.`,
      field: ["input", "lines", String(index), "quantity"],
      ...shortage,
    };
  });
}

/** Leaves the claim so that the client may try again at once. */
async function giveUp({ models, claim, products }: Run, error: unknown): Promise<void> {
  const isConflict = error instanceof PublicError && error.extensions.code === "CONFLICT";
  // A reservation that cannot be had under this name needs a new one; after other errors it may well be there.
  if (!isConflict) return endLease(models, claim);
  if (await dropClaim(models, claim)) await products.release(reservationKeyOf(claim)).catch(ignored);
  throw retryable("The stock is changing; try again with the same key.");
}

async function insertOrder({ models, viewer, request, claim }: Run, priced: PricedOrder): Promise<OrderDocument> {
  const now = new Date();
  const { lines: _lines, ...particulars } = request;
  const actorId = claim.actorId;
  const order = await models.Order.create({
    ...particulars,
    _id: claim.orderId,
    number: await nextNumber(models, "order", now),
    customerId: actorId,
    ...(viewer.companyId && { companyId: toObjectId(viewer.companyId, "companyId") }),
    status: "pending",
    paymentStatus: "unpaid",
    approvalStatus: "not_required",
    items: priced.lines.map(({ productId, supplierId, ...line }) => ({
      _id: new Types.ObjectId(),
      productId: toObjectId(productId),
      supplierId: toObjectId(supplierId),
      ...line,
    })),
    totalAmount: priced.total,
    orderDate: now,
    history: [{ status: "pending", at: now, actorId }],
    sagaState: "reserved",
    reservationKey: reservationKeyOf(claim),
    // In the same insert, so that nobody hears of an order that is not there, or misses one that is.
    outbox: [{ _id: new Types.ObjectId(), type: "order.placed", at: now, actorId }],
    hasOutbox: true,
  });
  return order.toObject();
}
