import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type SeedDocument } from "@tradegraph/kit/seed-writer";

/** One partner of each shop, tied to its first company. Its keys are made by who wants to try them, never seeded. */
export function* partnersOf(plan: SeedPlan): Generator<SeedDocument> {
  const name = "Bolt Procurement";
  const createdAt = plan.daysAgo(200);
  yield {
    _id: plan.id("partner", 0),
    name,
    nameSort: name.toLowerCase(),
    contactEmail: `it@bolt.${plan.tenantId}.example`,
    companyId: plan.id("company", 0),
    isActive: true,
    apiKeys: [],
    outbox: [],
    hasOutbox: false,
    createdAt,
    updatedAt: createdAt,
  };
}
