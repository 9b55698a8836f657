import { type SeedRandom } from "./seed-random.ts";

/** The facts of a product that other subgraphs need too: orders copy them into their lines. */
export interface SeedProduct {
  sku: string;
  name: string;
  brand: string;
  /** Number of its category, always one of the lowest level. */
  category: number;
  /** Number of its supplier among the users. */
  supplier: number;
  /** Base price in minor units. */
  amount: number;
  tiers: { minimumQuantity: number; amount: number }[];
  moq: number;
  increment: number;
  postAs: "buyer" | "seller";
  isActive: boolean;
}

const materials = ["Steel", "Brass", "Oak", "Nylon", "Cotton", "Copper", "Glass", "Ceramic", "Rubber", "Aluminium"];
const things = [
  "Bolt",
  "Valve",
  "Bearing",
  "Shelf",
  "Glove",
  "Cable",
  "Lamp",
  "Hinge",
  "Pump",
  "Filter",
  "Bracket",
  "Hose",
  "Crate",
  "Sensor",
];
const qualities = ["Standard", "Heavy Duty", "Precision", "Compact", "Industrial", "Outdoor"];
export const seedBrands = [
  "Norvik",
  "Caldera",
  "Tessel",
  "Brightforge",
  "Halden",
  "Ostara",
  "Kestrel",
  "Meridian",
] as const;

/** Categories are numbered level by level: 6 at the top, 18 below them, 36 below those. */
export const seedCategoryLevels = { top: 6, middle: 18, bottom: 36 } as const;

/** The part of the plan that products need. */
export interface ProductWorld {
  counts: { admins: number; suppliers: number };
  random: (kind: "product", n: number) => SeedRandom;
}

export function seedProduct(plan: ProductWorld, n: number): SeedProduct {
  const random = plan.random("product", n);
  const amount = random.between(150, 250_000);
  const moq = random.pick([1, 1, 1, 5, 10, 50]);
  const cheaper = (percent: number) => Math.floor((amount * (100 - percent)) / 100);
  return {
    sku: `${random.pick(["BLT", "VLV", "FRN", "TXT", "ELC"])}-${String(n).padStart(7, "0")}`,
    name: `${random.pick(qualities)} ${random.pick(materials)} ${random.pick(things)} ${random.between(1, 900)}`,
    brand: random.pick(seedBrands),
    category: seedCategoryLevels.top + seedCategoryLevels.middle + random.below(seedCategoryLevels.bottom),
    supplier: plan.counts.admins + random.below(plan.counts.suppliers),
    amount,
    tiers: random.chance(60)
      ? [
          { minimumQuantity: 10 * moq, amount: cheaper(5) },
          { minimumQuantity: 100 * moq, amount: cheaper(12) },
        ]
      : [],
    moq,
    increment: moq,
    postAs: random.chance(8) ? "buyer" : "seller",
    isActive: !random.chance(3),
  };
}

/** Price of one unit at a quantity, without prices agreed with companies. */
export function seedUnitPrice({ amount, tiers }: SeedProduct, quantity: number): number {
  return tiers.findLast((tier) => tier.minimumQuantity <= quantity)?.amount ?? amount;
}
