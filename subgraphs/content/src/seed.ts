// Demo data of this subgraph: slides, pages, and reviews by buyers who got their goods.
import { withOutbox } from "@tradegraph/kit/outbox";
import { type SeedOrder } from "@tradegraph/kit/seed-orders";
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type SeedDocument, type SeedTask, writeSeed } from "@tradegraph/kit/seed-writer";
import { seedPages, seedReviewTexts, seedSlides } from "./seed-pages.ts";
import { seedSummaries } from "./seed-summaries.ts";

/** Reviews that 100 orders bring, for the progress bar. */
const reviewsPerHundredOrders = 67;

/** @returns new documents */
export async function seed(task: SeedTask): Promise<number> {
  const { plan } = task;
  const expected = Math.round((plan.counts.orders * reviewsPerHundredOrders) / 100);
  return (
    (await writeSeed(task, "heroSlides", seedSlides.length, heroSlides(plan))) +
    (await writeSeed(task, "pages", seedPages.length, pages(plan))) +
    (await writeSeed(task, "reviews", expected, reviews(plan))) +
    (await seedSummaries(task))
  );
}

function* heroSlides(plan: SeedPlan): Generator<SeedDocument> {
  for (const [n, slide] of seedSlides.entries()) {
    yield {
      _id: plan.id("heroSlide", n),
      ...slide,
      imageUrl: `https://res.cloudinary.com/demo/image/upload/hero-${n}.jpg`,
      linkUrl: n % 2 === 0 ? `/pages/${seedPages[n % seedPages.length]?.slug}` : "https://www.example.com/",
      // The last one is over; staff see it still.
      isActive: n < seedSlides.length - 1,
      sortOrder: n * 10,
      backgroundColor: ["#0b3d2e", "#1f2a44", "#7a3b12"][n % 3],
      textColor: "#ffffff",
      ...withOutbox(),
      createdAt: plan.daysAgo(100),
      updatedAt: plan.daysAgo(n),
    };
  }
}

function* pages(plan: SeedPlan): Generator<SeedDocument> {
  for (const page of seedPages) {
    yield {
      _id: plan.id("page", page.slug),
      ...page,
      metaTitle: `${page.title} · ${plan.tenantId}`,
      ...withOutbox(),
      createdAt: plan.daysAgo(400),
      updatedAt: plan.daysAgo(200),
    };
  }
}

/** Who buys a product again gives the same id again: the first review stays. */
function* reviews(plan: SeedPlan): Generator<SeedDocument> {
  for (let n = 0; n < plan.counts.orders; n += 1) {
    const order = plan.order(n);
    if (order.status === "delivered") yield* reviewsOf(plan, n, order);
  }
}

/** An order has at most this many lines, so order and line make one number. */
const mostLines = 10;

function* reviewsOf(plan: SeedPlan, n: number, { customer, lines, orderDate }: SeedOrder): Generator<SeedDocument> {
  for (const [line, { product }] of lines.entries()) {
    const random = plan.random("review", n * mostLines + line);
    if (!random.chance(35)) continue;
    const rating = random.pick([1, 2, 3, 4, 4, 4, 5, 5, 5, 5] as const);
    const [title, body] = random.pick(seedReviewTexts[rating]);
    // Orders let goods arrive within twelve days, and are two weeks old by then.
    const createdAt = new Date(orderDate.getTime() + random.between(12 * 24, 14 * 24) * 3_600_000);
    yield {
      _id: plan.id("review", `${product}:${customer}`),
      productId: plan.id("product", product),
      authorId: plan.id("user", customer),
      rating,
      title,
      body,
      verifiedPurchase: true,
      status: random.chance(90) ? "approved" : random.pick(["pending", "rejected"]),
      ...withOutbox(),
      createdAt,
      updatedAt: createdAt,
    };
  }
}
