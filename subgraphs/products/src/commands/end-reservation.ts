import { conflict } from "@tradegraph/kit/errors";
import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type InventoryDocument, type StockReservation } from "../models/inventory.ts";

type Holder = Pick<InventoryDocument, "_id" | "productId" | "reservations">;

/** How many ended keys a document remembers. */
const remembered = 200;

/** How a reservation ends. */
export interface Ending {
  /** Name of the event. */
  type: "stock.confirmed" | "stock.released";
  /** What happens to the units besides leaving `reserved`. */
  movement: (quantity: number) => Record<string, number>;
  actor: Actor;
}

/** Who ends reservations whose time is over, and who else acts for nobody. */
export const ourselves: Actor = { role: "service" };

export interface Ended {
  /** Units moved; 0 when the key was ended before or never known. */
  units: number;
  productIds: Types.ObjectId[];
}

/**
 * Ends a reservation wherever it lies.
 *
 * @param counts which reservations of the key are meant
 */
export async function endReservation(
  models: Models,
  key: string,
  ending: Ending,
  counts: (reservation: StockReservation) => boolean = () => true,
): Promise<Ended> {
  let units = 0;
  const productIds: Types.ObjectId[] = [];
  // More than one round only when a repetition of the reservation runs beside this; a shelf that remembers the key gives
  // it nothing more, so it comes to an end. The bound guards against a fault.
  for (let round = 0; round < 100; round += 1) {
    const holders = await findHolders(models, key, counts);
    if (holders.length === 0) return { units, productIds };
    for (const { _id, productId, reservations } of holders) {
      productIds.push(productId);
      for (const { quantity } of reservations) units += await endOne(models, _id, { key, quantity }, ending);
    }
  }
  throw conflict("The reservation changes too quickly; try again.");
}

async function findHolders(
  models: Models,
  key: string,
  counts: (reservation: StockReservation) => boolean,
): Promise<Holder[]> {
  const holders = await models.Inventory.find(
    { "reservations.key": key },
    { productId: 1, reservations: { $elemMatch: { key } } },
  ).lean<Holder[]>();
  return holders.filter(({ reservations }) => reservations.some(counts));
}

async function endOne(
  models: Models,
  _id: Types.ObjectId,
  { key, quantity }: Pick<StockReservation, "key" | "quantity">,
  { type, movement, actor }: Ending,
): Promise<number> {
  const { $push, $set } = pushOutbox(outboxEntry(type, actor, { key, units: quantity }));
  // The filter names key and quantity, so a second caller modifies nothing.
  const { modifiedCount } = await models.Inventory.updateOne(
    { _id, reservations: { $elemMatch: { key, quantity } } },
    {
      $pull: { reservations: { key } },
      $inc: { reserved: -quantity, version: 1, ...movement(quantity) },
      $push: { recent: { $each: [key], $slice: -remembered }, ...$push },
      $set,
    },
  );
  return modifiedCount === 0 ? 0 : quantity;
}
