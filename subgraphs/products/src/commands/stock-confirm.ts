import { type Models } from "../models.ts";
import { endReservation } from "./end-reservation.ts";

/**
 * Turns a reservation into a sale: the units leave the shelf. One that has lapsed is not confirmed, whether it was swept
 * already or not: a sweeper and a confirmation that cross would else sell a part of it.
 *
 * @returns units sold; 0 when the key has lapsed, was ended before or never known
 */
export async function confirmStock(models: Models, key: string, now = new Date()): Promise<number> {
  const sold = (quantity: number) => ({ onHand: -quantity });
  const { units } = await endReservation(models, key, sold, ({ expiresAt }) => expiresAt > now);
  return units;
}
