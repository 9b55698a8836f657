import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type InventoryDocument, type StockReservation } from "../models/inventory.ts";
import { refreshStock } from "./refresh-stock.ts";

type Held = Pick<InventoryDocument, "_id" | "productId" | "reservations">;

/** How many ended keys a document remembers. */
const remembered = 200;

/**
 * Ends a reservation wherever it lies.
 *
 * @param movement what happens to the units besides leaving `reserved`
 * @returns units moved; 0 when the key was ended before or never known
 */
async function endReservation(
  models: Models,
  key: string,
  movement: (quantity: number) => Record<string, number>,
): Promise<number> {
  const holders = await models.Inventory.find(
    { "reservations.key": key },
    { productId: 1, reservations: { $elemMatch: { key } } },
  ).lean<Held[]>();
  let units = 0;
  for (const { _id, reservations } of holders) {
    for (const { quantity } of reservations) units += await endOne(models, _id, { key, quantity }, movement(quantity));
  }
  await refreshStock(
    models,
    holders.map(({ productId }) => productId),
  );
  return units;
}

async function endOne(
  models: Models,
  _id: Types.ObjectId,
  { key, quantity }: Pick<StockReservation, "key" | "quantity">,
  movement: Record<string, number>,
): Promise<number> {
  // The filter names key and quantity, so a second caller modifies nothing.
  const { modifiedCount } = await models.Inventory.updateOne(
    { _id, reservations: { $elemMatch: { key, quantity } } },
    {
      $pull: { reservations: { key } },
      $inc: { reserved: -quantity, version: 1, ...movement },
      $push: { recent: { $each: [key], $slice: -remembered } },
    },
  );
  return modifiedCount === 0 ? 0 : quantity;
}

/** Gives the units back. */
export const releaseStock = (models: Models, key: string): Promise<number> =>
  endReservation(models, key, (quantity) => ({ available: quantity }));

/** Turns the reservation into a sale: the units leave the shelf. */
export const confirmStock = (models: Models, key: string): Promise<number> =>
  endReservation(models, key, (quantity) => ({ onHand: -quantity }));
