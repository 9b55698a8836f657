import { type Actor } from "@tradegraph/kit/outbox";
import { type Models } from "../models.ts";
import { endReservation, ourselves } from "./end-reservation.ts";

/**
 * Turns a reservation into a sale: the units leave the shelf. One that has lapsed is not confirmed, whether it was swept
 * already or not: a sweeper and a confirmation that cross would else sell a part of it.
 *
 * @returns units sold; 0 when the key has lapsed, was ended before or never known
 */
export async function confirmStock(
  models: Models,
  key: string,
  now = new Date(),
  actor: Actor = ourselves,
): Promise<number> {
  const sold = (quantity: number) => ({ onHand: -quantity });
  const ending = { type: "stock.confirmed", movement: sold, actor } as const;
  const { units } = await endReservation(models, key, ending, ({ expiresAt }) => expiresAt > now);
  return units;
}
