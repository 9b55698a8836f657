// The shelves a reservation works on: inventory documents, and what each holds under one key.
import { conflict, serviceUnavailable } from "@tradegraph/kit/errors";
import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { mongo, type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type InventoryDocument } from "../models/inventory.ts";

export interface Shelf {
  _id: Types.ObjectId;
  productId: Types.ObjectId;
  available: number;
  /** Units set aside under the key. */
  held: number;
}

/** The reservation that units move for. */
export interface Reserving {
  key: string;
  expiresAt: Date;
  actor: Actor;
}

/** Arrays that have no element of the key are left out by the projection. */
type Found = Pick<InventoryDocument, "_id" | "productId" | "available"> &
  Partial<Pick<InventoryDocument, "reservations" | "recent">>;

const documentRefused = 121;

/** @throws PublicError CONFLICT when the key was ended, or has lapsed and is about to be */
export async function readShelves(models: Models, key: string, productIds: Types.ObjectId[]): Promise<Shelf[]> {
  const found = await models.Inventory.find(
    { productId: { $in: productIds } },
    { productId: 1, available: 1, reservations: { $elemMatch: { key } }, recent: { $elemMatch: { $eq: key } } },
  ).lean<Found[]>();
  return found.map(({ reservations = [], recent = [], ...shelf }) => {
    const [own] = reservations;
    if (recent.length > 0 || (own && own.expiresAt <= new Date())) throw conflict("This reservation was ended.");
    return { ...shelf, held: own?.quantity ?? 0 };
  });
}

const byId = (a: Shelf, b: Shelf) => a._id.toHexString().localeCompare(b._id.toHexString());

/**
 * Takes `missing` units from the fullest shelves first. Below zero it puts units back: two repetitions of one request
 * that saw different shelves may together hold too much; both then begin at the same shelf, so that only one of them
 * puts back.
 *
 * @returns false when somebody else was faster at one of them
 */
export async function moveUnits(
  models: Models,
  reservation: Reserving,
  shelves: Shelf[],
  missing: number,
): Promise<boolean> {
  const ordered = shelves.toSorted(missing > 0 ? (a, b) => b.available - a.available || byId(a, b) : byId);
  let open = missing;
  for (const shelf of ordered) {
    const units = open > 0 ? Math.min(open, shelf.available) : -Math.min(-open, shelf.held);
    if (units === 0) continue;
    if (!(await moveOnShelf(models, reservation, shelf, units))) return false;
    open -= units;
  }
  return true;
}

async function moveOnShelf(
  models: Models,
  { key, expiresAt, actor }: Reserving,
  { _id, held }: Shelf,
  units: number,
): Promise<boolean> {
  const type = units > 0 ? "stock.reserved" : "stock.released";
  const { $push, $set } = pushOutbox(outboxEntry(type, actor, { key, units: Math.abs(units) }));
  const moved = { available: -units, reserved: units, version: 1 };
  // What the key holds here must be what was read, or a repetition that runs beside this one is counted twice.
  const [unchanged, change] =
    held === 0
      ? [
          { "reservations.key": { $ne: key }, recent: { $ne: key } },
          { $inc: moved, $push: { reservations: { key, quantity: units, expiresAt }, ...$push }, $set },
        ]
      : [
          { reservations: { $elemMatch: { key, quantity: held } } },
          held + units === 0
            ? { $inc: moved, $pull: { reservations: { key } }, $push, $set }
            : { $inc: { ...moved, "reservations.$.quantity": units }, $push, $set },
        ];
  try {
    const { modifiedCount } = await models.Inventory.updateOne(
      { _id, available: { $gte: units }, ...unchanged },
      change,
    );
    return modifiedCount === 1;
  } catch (error) {
    // The validator bounds the list of reservations.
    if (error instanceof mongo.MongoServerError && error.code === documentRefused)
      throw serviceUnavailable("Too many reservations of a product are open; try again later.");
    throw error;
  }
}
