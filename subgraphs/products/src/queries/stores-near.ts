import { badUserInput } from "@tradegraph/kit/errors";
import { pageSize } from "@tradegraph/kit/pagination";
import { type Models } from "../models.ts";
import { type StoreDocument } from "../models/store.ts";

interface StoresNearArguments {
  latitude: number;
  longitude: number;
  radiusKm: number;
  first?: number | null | undefined;
}

/** Stores around a point, nearest first. @throws PublicError BAD_USER_INPUT for a point off the globe */
export async function storesNear(models: Models, args: StoresNearArguments, limit: number): Promise<StoreDocument[]> {
  const { latitude, longitude, radiusKm } = args;
  if (Math.abs(latitude) > 90) throw badUserInput("`latitude` must be between −90 and 90.", ["latitude"]);
  if (Math.abs(longitude) > 180) throw badUserInput("`longitude` must be between −180 and 180.", ["longitude"]);
  if (!(radiusKm > 0 && radiusKm <= 20_000))
    throw badUserInput("`radiusKm` must be above 0, up to 20,000.", ["radiusKm"]);
  const { size } = pageSize({ first: args.first }, limit);
  const point = { type: "Point" as const, coordinates: [longitude, latitude] };
  // Awaited here: a mongoose query is a thenable that may run only once, and GraphQL looks at `then` twice.
  return await models.Store.find({
    location: { $nearSphere: { $geometry: point, $maxDistance: radiusKm * 1_000 } },
    isActive: true,
  })
    .limit(size)
    .lean<StoreDocument[]>();
}
