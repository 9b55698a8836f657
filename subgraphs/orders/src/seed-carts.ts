import { withOutbox } from "@tradegraph/kit/outbox";
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type SeedDocument } from "@tradegraph/kit/seed-writer";
import { seedLines } from "./seed-lines.ts";

/** Numbers of the users with a cart: every second customer. */
export function cartOwners({ counts }: SeedPlan): number[] {
  const first = counts.admins + counts.suppliers;
  return Array.from({ length: Math.ceil((counts.users - first) / 2) }, (_, index) => first + index * 2);
}

export function* seedCarts(plan: SeedPlan): Generator<SeedDocument> {
  for (const owner of cartOwners(plan)) {
    const random = plan.random("cart", owner);
    const company = plan.companyOf(owner);
    const filledAt = new Date(plan.daysAgo(random.between(1, 20)).getTime() + random.below(86_400) * 1_000);
    yield {
      _id: plan.id("cart", owner),
      ownerId: plan.id("user", owner),
      ...(company !== undefined && { companyId: plan.id("company", company) }),
      isOpen: true,
      currency: plan.currency,
      lines: seedLines(plan, random, random.between(2, 5)).map(({ product, quantity, amount }, line) => ({
        _id: plan.id("cartLine", `${owner}:${line}`),
        productId: plan.id("product", product),
        quantity,
        unitPrice: { amount, currency: plan.currency },
      })),
      ...(random.chance(40) && { note: "For the spring campaign." }),
      ...(random.chance(40) && { purchaseOrderNumber: `PO-${random.between(10_000, 99_999)}` }),
      expiresAt: plan.daysAgo(-365),
      ...withOutbox(),
      createdAt: filledAt,
      updatedAt: filledAt,
    };
  }
}
