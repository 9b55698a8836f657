import { runForTenant } from "@tradegraph/kit/tenancy";
import { type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { Types } from "mongoose";
import { type Models } from "../src/models.ts";
import { type HeroSlideDocument } from "../src/models/hero-slide.ts";
import { type PageDocument } from "../src/models/page.ts";
import { type ReviewDocument } from "../src/models/review.ts";
import { type ReviewSummaryDocument } from "../src/models/review-summary.ts";

let serial = 0;

export const newId = () => new Types.ObjectId();

/** A viewer with an account. */
export const fakeViewer = (
  role: "customer" | "supplier" | "admin",
  tenantId = testTenant,
): Viewer & { userId: string } => ({
  tenantId,
  role,
  userId: newId().toHexString(),
  scopes: role === "admin" ? ["admin"] : [],
});

export function fakeSlide(
  models: Models,
  overrides: Partial<HeroSlideDocument> = {},
  tenantId = testTenant,
): Promise<HeroSlideDocument> {
  serial += 1;
  const document = { title: `Slide ${serial}`, imageUrl: "/slide.jpg", sortOrder: serial, ...overrides };
  return runForTenant(tenantId, async () => (await models.HeroSlide.create(document)).toObject());
}

export function fakePage(
  models: Models,
  overrides: Partial<PageDocument> = {},
  tenantId = testTenant,
): Promise<PageDocument> {
  serial += 1;
  const document = { slug: `page-${serial}`, title: `Page ${serial}`, body: "# Text", ...overrides };
  return runForTenant(tenantId, async () => (await models.Page.create(document)).toObject());
}

/** An approved review, changed as the test wants. */
export function fakeReview(
  models: Models,
  overrides: Partial<ReviewDocument> = {},
  tenantId = testTenant,
): Promise<ReviewDocument> {
  serial += 1;
  const document = {
    productId: newId(),
    authorId: newId(),
    rating: 4,
    title: `Review ${serial}`,
    body: "Solid.",
    status: "approved" as const,
    ...overrides,
  };
  return runForTenant(tenantId, async () => (await models.Review.create(document)).toObject());
}

export function fakeSummary(
  models: Models,
  overrides: Partial<ReviewSummaryDocument> = {},
  tenantId = testTenant,
): Promise<ReviewSummaryDocument> {
  const document = { productId: newId(), count: 3, sum: 11, ratingCounts: [0, 1, 0, 1, 1], ...overrides };
  return runForTenant(tenantId, async () => (await models.ReviewSummary.create(document)).toObject());
}
