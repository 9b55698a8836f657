import { seedUnitPrice } from "@tradegraph/kit/seed-products";
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type SeedRandom } from "@tradegraph/kit/seed-random";

export interface SeedLine {
  /** Number of the product. */
  product: number;
  quantity: number;
  /** Price of one unit, minor units. */
  amount: number;
}

/** Different products on sale, in quantities they can be ordered in. */
export function seedLines(plan: SeedPlan, random: SeedRandom, count: number): SeedLine[] {
  const lines: SeedLine[] = [];
  for (let number = random.below(plan.counts.products); lines.length < count; number += 1) {
    const product = plan.product(number % plan.counts.products);
    if (product.postAs !== "seller" || !product.isActive) continue;
    const quantity = product.moq * random.between(1, 20);
    lines.push({ product: number % plan.counts.products, quantity, amount: seedUnitPrice(product, quantity) });
  }
  return lines;
}
