import { type Actor } from "@tradegraph/kit/outbox";
import { type Models } from "../models.ts";
import { endReservation, ourselves } from "./end-reservation.ts";
import { refreshStock } from "./refresh-stock.ts";

/** Gives reserved units back. @returns how many; 0 when the key was ended before or never known */
export async function releaseStock(models: Models, key: string, actor: Actor = ourselves): Promise<number> {
  const back = (quantity: number) => ({ available: quantity });
  const ending = { type: "stock.released", movement: back, actor } as const;
  const { units, productIds } = await endReservation(models, key, ending);
  await refreshStock(models, productIds);
  return units;
}
