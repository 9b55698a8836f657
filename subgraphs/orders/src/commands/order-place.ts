// Placing an order, step by step, without a transaction: claim the key, price the lines, set the units aside, insert the
// order. Whatever dies on the way is taken up by the next request with the key, or undone by time (domain-and-data 4.3).
import { forbidden, notFound, PublicError } from "@tradegraph/kit/errors";
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { type StoredApprovalStatus } from "../enums.ts";
import { type Models } from "../models.ts";
import { type IdempotencyKeyDocument } from "../models/idempotency-key.ts";
import { type OrderDocument } from "../models/order.ts";
import { sealedPlaces } from "../models/sealed-places.ts";
import { checkOrderInput, type OrderInput, type OrderRequest } from "../order-input.ts";
import { type PricedOrder, priceOrder } from "../order-pricing.ts";
import { type ProductsService } from "../products-service.ts";
import { sealAddress } from "../sealed-address.ts";
import { type InsufficientStock, type OrderPlaceError } from "../user-errors.ts";
import { type SpendingRule, type UsersService } from "../users-service.ts";
import { claimKey, dropClaim, endLease, finishClaim, renewLease, reservationMs, retryable } from "./claim-key.ts";
import { claimSpending, endClaim } from "./claim-spending.ts";
import { callOffLateOrder, requireApproval } from "./late-order.ts";
import { nextNumber } from "./next-number.ts";

export interface OrderPlacing {
  models: Models;
  cipher: FieldCipher;
  products: ProductsService;
  users: UsersService;
  viewer: Viewer;
  requestId?: string;
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

/** The hash is keyed: the rest of the input stands in the order in clear, so that addresses could be tried otherwise. */
const requestHashPlace = { collection: "idempotencyKeys", field: "requestHash" };

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
  const requestHash = placing.cipher.fingerprint(JSON.stringify([viewer.companyId ?? null, request]), requestHashPlace);
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
  let order: OrderDocument | undefined;
  try {
    order = await insertOrder(current, prepared);
  } catch (error) {
    // The answer may be lost although the order is there, or another runner was quicker.
    if (await models.Order.exists({ _id: claim.orderId })) return complete(current);
    // Only who still has the claim may give the units back: they are another runner's otherwise.
    if (await dropClaim(models, claim)) await products.release(reservationKeyOf(claim)).catch(ignored);
    throw error;
  }
  return complete(current, order);
}

/**
 * The order is there: it becomes the order of the key.
 *
 * @throws PublicError CONFLICT when the runner stood still so long that its claim was given up: the order is called off
 */
async function complete({ models, products, claim }: Run, order?: OrderDocument): Promise<PlacedOrder> {
  if (await finishClaim(models, claim)) return order ? { order, userErrors: [] } : finished(models, claim);
  if (await callOffLateOrder(models, claim.orderId)) await products.release(reservationKeyOf(claim)).catch(ignored);
  throw retryable("Placing the order took too long; try again with the same key.");
}

/** Units that cannot be given back now come back when their reservation lapses. */
const ignored = () => undefined;

interface Prepared extends PricedOrder {
  /** Absent for an order of nobody's company. */
  rule?: SpendingRule;
}

/** Prices, the buyer's limit, then units. @returns errors when there is something for the buyer to change */
async function prepare(current: Run): Promise<Prepared | OrderPlaceError[]> {
  const { products, claim } = current;
  const { lines } = current.request;
  const priced = priceOrder(lines, await products.offers(lines));
  if (Array.isArray(priced)) return priced;
  const rule = await ruleOf(current);
  const expiresAt = new Date(Date.now() + reservationMs);
  const shortages = await products.reserve({ key: reservationKeyOf(claim), expiresAt, lines });
  if (shortages.length === 0) return { ...priced, ...(rule && { rule }) };
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

/** @throws PublicError FORBIDDEN when the buyer does not order for the company any more, whatever the token says */
async function ruleOf({ users, viewer: { userId, companyId } }: Run): Promise<SpendingRule | undefined> {
  if (!userId || !companyId) return undefined;
  const rule = await users.spendingRule(userId, companyId);
  if (!rule) throw forbidden("You do not order for this company, or it may not trade now.");
  return rule;
}

/** Leaves the claim so that the client may try again at once. */
async function giveUp({ models, claim, products }: Run, error: unknown): Promise<void> {
  const isConflict = error instanceof PublicError && error.extensions.code === "CONFLICT";
  // A reservation that cannot be had under this name needs a new one; after other errors it may well be there.
  if (!isConflict) return endLease(models, claim);
  if (await dropClaim(models, claim)) await products.release(reservationKeyOf(claim)).catch(ignored);
  throw retryable("The stock is changing; try again with the same key.");
}

/** Stores the order, which waits for approval when it goes beyond the buyer's limit. */
async function insertOrder(current: Run, prepared: Prepared): Promise<OrderDocument> {
  const { models, claim } = current;
  const now = new Date();
  const { rule, total } = prepared;
  if (!rule) return createOrder(current, prepared, now, "not_required");
  const { actorId: userId, orderId, lease } = claim;
  const spending = { userId, companyId: toObjectId(rule.companyId), orderId, lease, total, rule, now };
  const { approvalStatus, isNoted } = await claimSpending(models, spending);
  if (!isNoted) return createOrder(current, prepared, now, approvalStatus);
  const order = await createOrder(current, prepared, now, approvalStatus).catch(async (error: unknown) => {
    await endClaim(models, spending, false).catch(ignored);
    throw error;
  });
  const wasCounted = await endClaim(models, spending, true);
  // Others were decided on as if there were no such order, so nobody knows any more whether it keeps the limit.
  return wasCounted || approvalStatus !== "not_required" ? order : requireApproval(models, order);
}

async function createOrder(
  { models, viewer, requestId, cipher, request, claim }: Run,
  { lines, total, rule }: Prepared,
  now: Date,
  approvalStatus: StoredApprovalStatus,
): Promise<OrderDocument> {
  const { lines: _lines, shippingAddress, billingAddress, ...particulars } = request;
  const actorId = claim.actorId;
  const entry = outboxEntry("order.placed", actorOf(viewer, requestId), { lines: lines.length, approvalStatus });
  const order = await models.Order.create({
    ...particulars,
    shippingAddress: sealAddress(cipher, shippingAddress, sealedPlaces.shippingAddress),
    ...(billingAddress && { billingAddress: sealAddress(cipher, billingAddress, sealedPlaces.billingAddress) }),
    _id: claim.orderId,
    number: await nextNumber(models, "order", now),
    customerId: actorId,
    ...(viewer.companyId && { companyId: toObjectId(viewer.companyId, "companyId") }),
    ...(rule && rule.companyId !== viewer.companyId && { limitCompanyId: toObjectId(rule.companyId) }),
    status: "pending",
    paymentStatus: "unpaid",
    approvalStatus,
    items: lines.map(({ productId, supplierId, ...line }) => ({
      _id: new Types.ObjectId(),
      productId: toObjectId(productId),
      supplierId: toObjectId(supplierId),
      ...line,
    })),
    totalAmount: total,
    orderDate: now,
    history: [{ status: "pending", at: now, actorId }],
    sagaState: "reserved",
    reservationKey: reservationKeyOf(claim),
    // In the same insert, so that nobody hears of an order that is not there, or misses one that is.
    ...withOutbox(entry),
  });
  return order.toObject();
}
