import { type SeedRandom } from "@tradegraph/kit/seed-random";
import { type AddressDocument } from "./models/address.ts";

const places = [
  ["Hamburg", "Hamburg", "20457", "DE"],
  ["Munich", "Bavaria", "80331", "DE"],
  ["Rotterdam", undefined, "3011 AD", "NL"],
  ["Lyon", undefined, "69002", "FR"],
  ["Vienna", undefined, "1010", "AT"],
  ["Zurich", "Zurich", "8001", "CH"],
  ["Milan", "Lombardy", "20121", "IT"],
] as const;

const streets = ["Hafenstrasse", "Industrieweg", "Marktplatz", "Bahnhofstrasse", "Werkstrasse"];

export function seedAddress(random: SeedRandom): AddressDocument {
  const [city, state, zip, country] = random.pick(places);
  return { street: `${random.pick(streets)} ${random.between(1, 180)}`, city, ...(state && { state }), zip, country };
}
