// Sets units aside. Every step is one conditional update of one document, so no transaction and no lock is needed and two
// buyers never get the same unit (domain-and-data 4.3).
import { badUserInput, conflict } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type InventoryDocument } from "../models/inventory.ts";
import { refreshStock } from "./refresh-stock.ts";
import { releaseStock } from "./release-stock.ts";

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

/** A reservation may not outlive this many milliseconds: stock nobody buys must come back. */
const longestReservationMs = 24 * 3_600_000;

/**
 * Reserves all lines or none. Repeating a key reserves nothing twice, and a key that was ended stays ended.
 *
 * @returns the products that are short; empty when everything is set aside
 * @throws PublicError BAD_USER_INPUT for a wrong request, CONFLICT for a key that was ended
 */
export async function reserveStock(models: Models, request: ReservationRequest): Promise<Shortage[]> {
  const lines = checkedLines(request);
  const shortages: Shortage[] = [];
  // Always in the order of ids, so that two orders over the same products do not chase each other.
  for (const { productId, quantity } of lines) {
    const available = await reserveLine(models, request, productId, quantity);
    if (available !== undefined) shortages.push({ productId: productId.toHexString(), requested: quantity, available });
  }
  if (shortages.length > 0) await releaseStock(models, request.key);
  await refreshStock(
    models,
    lines.map(({ productId }) => productId),
  );
  return shortages;
}

function checkedLines({
  key,
  expiresAt,
  lines,
}: ReservationRequest): { productId: Types.ObjectId; quantity: number }[] {
  if (!/^[\w-]{8,100}$/.test(key)) throw badUserInput("`key` must be 8 to 100 letters, digits, `_` or `-`.", ["key"]);
  const lifetime = expiresAt.getTime() - Date.now();
  if (lifetime <= 0 || lifetime > longestReservationMs)
    throw badUserInput("`expiresAt` must be within 24 hours.", ["expiresAt"]);
  if (lines.length === 0 || lines.length > 100) throw badUserInput("Reserve 1 to 100 lines.", ["lines"]);
  if (new Set(lines.map(({ productId }) => productId)).size < lines.length)
    throw badUserInput("Name each product once.", ["lines"]);
  if (lines.some(({ quantity }) => quantity < 1 || quantity > 1_000_000)) {
    throw badUserInput("`quantity` must be between 1 and 1,000,000.", ["lines", "quantity"]);
  }
  return lines
    .map(({ productId, quantity }) => ({ productId: toObjectId(productId, "productId"), quantity }))
    .sort((a, b) => a.productId.toHexString().localeCompare(b.productId.toHexString()));
}

type Shelf = Pick<InventoryDocument, "_id" | "available" | "reservations" | "recent">;

/**
 * Takes a line from the fullest stores first. A lost race means another buyer got on, so each round either succeeds, finds
 * less stock, or ends; the bound only guards against a fault.
 *
 * @returns undefined when reserved, else the units there are
 */
async function reserveLine(
  models: Models,
  request: ReservationRequest,
  productId: Types.ObjectId,
  quantity: number,
): Promise<number | undefined> {
  for (let round = 0; round < 100; round += 1) {
    const shelves = await models.Inventory.find(
      { productId },
      { available: 1, reservations: { $elemMatch: { key: request.key } }, recent: 1 },
    )
      .sort({ available: -1 })
      .lean<Shelf[]>();
    if (shelves.some(({ recent }) => recent.includes(request.key))) throw conflict("This reservation was ended.");
    const held = shelves.reduce((sum, { reservations }) => sum + (reservations[0]?.quantity ?? 0), 0);
    const missing = quantity - held;
    if (missing <= 0) return undefined;
    const free = shelves.filter(({ reservations, available }) => reservations.length === 0 && available > 0);
    const available = free.reduce((sum, shelf) => sum + shelf.available, 0);
    if (available < missing) return available + held;
    await takeFrom(models, request, free, missing);
  }
  throw conflict("The stock changes too quickly; try again.");
}

async function takeFrom(
  models: Models,
  { key, expiresAt }: ReservationRequest,
  shelves: Shelf[],
  missing: number,
): Promise<void> {
  let open = missing;
  for (const shelf of shelves.sort((a, b) => b.available - a.available)) {
    const quantity = Math.min(open, shelf.available);
    const { modifiedCount } = await models.Inventory.updateOne(
      { _id: shelf._id, available: { $gte: quantity }, "reservations.key": { $ne: key }, recent: { $ne: key } },
      {
        $inc: { available: -quantity, reserved: quantity, version: 1 },
        $push: { reservations: { key, quantity, expiresAt } },
      },
    );
    if (modifiedCount === 0) return;
    open -= quantity;
    if (open === 0) return;
  }
}
