// Sets units aside. Every step is one conditional update of one document, so no transaction and no lock is needed and two
// buyers never get the same unit (domain-and-data 4.3).
import { badUserInput, conflict } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type Actor } from "@tradegraph/kit/outbox";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { isQuantity } from "../price.ts";
import { ourselves } from "./end-reservation.ts";
import { moveUnits, readShelves, type Reserving, type Shelf } from "./reservation-shelves.ts";
import { refreshStock } from "./refresh-stock.ts";
import { releaseStock } from "./stock-release.ts";

export interface StockLine {
  productId: string;
  quantity: number;
}

export interface Shortage {
  productId: string;
  requested: number;
  available: number;
}

export interface ReservationRequest {
  key: string;
  expiresAt: Date;
  lines: readonly StockLine[];
}

interface CheckedLine {
  productId: Types.ObjectId;
  quantity: number;
}

/** A reservation may not outlive this many milliseconds: stock nobody buys must come back. */
const longestReservationMs = 24 * 3_600_000;

/**
 * Reserves all lines or none. Repeating a key reserves nothing twice, and a key that was ended stays ended. After an
 * error, what was taken so far stays under the key until it lapses: the same request can be repeated, or the key released.
 *
 * @returns the products that are short; empty when everything is set aside
 * @throws PublicError BAD_USER_INPUT for a wrong request, CONFLICT for a key that was ended, SERVICE_UNAVAILABLE when too
 * many reservations of one product are open
 */
export async function reserveStock(
  models: Models,
  request: ReservationRequest,
  actor: Actor = ourselves,
): Promise<Shortage[]> {
  const lines = checkedLines(request);
  const shortages = await settle(models, { ...request, actor }, lines);
  if (shortages.length > 0) await releaseStock(models, request.key, actor);
  else {
    const productIds = lines.map(({ productId }) => productId);
    await refreshStock(models, productIds);
  }
  return shortages;
}

function checkedLines({ key, expiresAt, lines }: ReservationRequest): CheckedLine[] {
  if (!/^[\w-]{8,100}$/.test(key)) throw badUserInput("`key` must be 8 to 100 letters, digits, `_` or `-`.", ["key"]);
  const lifetime = expiresAt.getTime() - Date.now();
  if (lifetime <= 0 || lifetime > longestReservationMs)
    throw badUserInput("`expiresAt` must be within 24 hours.", ["expiresAt"]);
  if (lines.length === 0 || lines.length > 100) throw badUserInput("Reserve 1 to 100 lines.", ["lines"]);
  if (new Set(lines.map(({ productId }) => productId)).size < lines.length)
    throw badUserInput("Name each product once.", ["lines"]);
  if (!lines.every(({ quantity }) => isQuantity(quantity)))
    throw badUserInput("`quantity` must be between 1 and 1,000,000.", ["lines", "quantity"]);
  return lines
    .map(({ productId, quantity }) => ({ productId: toObjectId(productId, "productId"), quantity }))
    .sort((a, b) => a.productId.toHexString().localeCompare(b.productId.toHexString()));
}

/**
 * Looks, takes, and looks again until each line holds exactly its quantity or one is short. Whoever is short has seen it
 * before taking anything, unless somebody was faster in between. A round that fails means another buyer got on, so the
 * bound only guards against a fault.
 */
async function settle(
  models: Models,
  request: ReservationRequest & Reserving,
  lines: CheckedLine[],
): Promise<Shortage[]> {
  for (let round = 0; round < 100; round += 1) {
    const all = await readShelves(
      models,
      request.key,
      lines.map(({ productId }) => productId),
    );
    const balances = lines.map((line) => balanceOf(line, all));
    const shortages = balances.flatMap(({ shortage }) => shortage ?? []);
    if (shortages.length > 0) return shortages;
    const open = balances.filter(({ missing }) => missing !== 0);
    if (open.length === 0) return [];
    // Always in the order of ids and no further than the first lost race, so that of two orders over the same products
    // one gets everything, instead of each a half.
    for (const { shelves, missing } of open) if (!(await moveUnits(models, request, shelves, missing))) break;
  }
  throw conflict("The stock changes too quickly; try again.");
}

/** @returns what is still to take (below zero: to put back) and whether there is too little */
function balanceOf({ productId, quantity }: CheckedLine, all: Shelf[]) {
  const shelves = all.filter((shelf) => shelf.productId.equals(productId));
  const held = shelves.reduce((sum, shelf) => sum + shelf.held, 0);
  const available = shelves.reduce((sum, shelf) => sum + shelf.available, held);
  const shortage = { productId: productId.toHexString(), requested: quantity, available };
  return { shelves, missing: quantity - held, ...(available < quantity && { shortage }) };
}
