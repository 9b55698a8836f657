import { type Models } from "../models.ts";
import { endReservation } from "./end-reservation.ts";
import { refreshStock } from "./refresh-stock.ts";

/** Gives reserved units back. @returns how many; 0 when the key was ended before or never known */
export async function releaseStock(models: Models, key: string): Promise<number> {
  const { units, productIds } = await endReservation(models, key, (quantity) => ({ available: quantity }));
  await refreshStock(models, productIds);
  return units;
}
