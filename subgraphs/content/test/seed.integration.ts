import { createSeedPlan } from "@tradegraph/kit/seed-plan";
import { systemSchemas } from "@tradegraph/kit/system-models";
import { cleanSeed } from "@tradegraph/kit/seed-writer";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { beforeAll, describe, expect, it } from "vitest";
import { schemas } from "../src/models.ts";
import { summaryOf } from "../src/rating-summary.ts";
import { seed } from "../src/seed.ts";
import { fakeReview, fakeViewer, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();

const today = new Date("2026-06-01T00:00:00Z");
const plans = ["alpenmarkt", "harborline"].map((tenantId) => createSeedPlan({ tenantId, today }));
const [plan] = plans as [(typeof plans)[number]];
const reports: { collection: string; done: number; total: number }[] = [];

const connection = () => content.resources.mongo.connection;
/** Without those of the relay, which fill themselves. */
const ownCollections = (Object.keys(schemas) as (keyof typeof schemas)[]).filter((name) => !(name in systemSchemas));
const rows = (name: keyof typeof schemas, filter: object = {}) => connection().collection(name).find(filter).toArray();

const seedAll = async () => {
  let written = 0;
  for (const each of plans) {
    written += await seed({
      connection: connection(),
      plan: each,
      report: (collection, done, total) => reports.push({ collection, done, total }),
    });
  }
  return written;
};

/** One digest per collection. */
const digests = async () =>
  ((await connection().db?.command({ dbHash: 1 })) as { collections: Record<string, string> }).collections;

let written = 0;
beforeAll(async () => {
  written = await seedAll();
});

describe("seed", () => {
  it("fills every collection of both shops, and counts what it wrote", async () => {
    let found = 0;
    for (const name of ownCollections) {
      for (const { tenantId } of plans) {
        const count = (await rows(name, { tenantId })).length;
        expect(count).toBeGreaterThan(0);
        found += count;
      }
    }
    expect(written).toBe(found);
  });

  it("changes nothing when it runs again", async () => {
    const before = await digests();
    await expect(seedAll()).resolves.toBe(0);
    await expect(digests()).resolves.toEqual(before);
  });

  it("has five active slides and one that is off, and the five pages", async () => {
    const slides = await rows("heroSlides", { tenantId: plan.tenantId });
    expect(slides.map(({ isActive }) => Boolean(isActive)).sort()).toEqual([false, true, true, true, true, true]);
    const pages = await rows("pages", { tenantId: plan.tenantId });
    expect(pages.map(({ slug }) => String(slug)).sort()).toEqual(["about", "imprint", "privacy", "shipping", "terms"]);
  });

  it("reviews only what its author had received, once, and some days after the order", async () => {
    const received = new Map<string, Date>();
    for (let n = 0; n < plan.counts.orders; n += 1) {
      const { status, customer, lines, orderDate } = plan.order(n);
      if (status !== "delivered") continue;
      for (const { product } of lines) {
        const key = `${plan.id("product", product).toHexString()} ${plan.id("user", customer).toHexString()}`;
        const known = received.get(key);
        received.set(key, known && known < orderDate ? known : orderDate);
      }
    }
    const reviews = await rows("reviews", { tenantId: plan.tenantId });
    const keys = reviews.map(({ productId, authorId }) => `${String(productId)} ${String(authorId)}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const [index, { createdAt, verifiedPurchase }] of reviews.entries()) {
      const ordered = received.get(keys[index] ?? "");
      expect(verifiedPurchase).toBe(true);
      expect((createdAt as Date).getTime() - (ordered?.getTime() ?? NaN)).toBeGreaterThanOrEqual(12 * 86_400_000);
      expect((createdAt as Date).getTime()).toBeLessThan(today.getTime());
    }
  });

  it("mostly likes and mostly approves", async () => {
    const reviews = await rows("reviews", { tenantId: plan.tenantId });
    const share = (matches: (review: (typeof reviews)[number]) => boolean) =>
      reviews.filter(matches).length / reviews.length;
    expect(share(({ status }) => status === "approved")).toBeGreaterThan(0.85);
    expect(share(({ status }) => status === "pending")).toBeGreaterThan(0.01);
    expect(share(({ status }) => status === "rejected")).toBeGreaterThan(0.01);
    expect(share(({ rating }) => Number(rating) >= 4)).toBeGreaterThan(0.6);
    for (const rating of [1, 2, 3, 4, 5]) expect(share((review) => review.rating === rating)).toBeGreaterThan(0.03);
  });

  it("sums up exactly the approved reviews of each product", async () => {
    const expected = new Map<string, number[]>();
    for (const { productId, rating } of await rows("reviews", { tenantId: plan.tenantId, status: "approved" })) {
      const counts = expected.get(String(productId)) ?? [0, 0, 0, 0, 0];
      counts[Number(rating) - 1] = (counts[Number(rating) - 1] ?? 0) + 1;
      expected.set(String(productId), counts);
    }
    const summaries = await rows("reviewSummaries", { tenantId: plan.tenantId });
    expect(summaries).toHaveLength(expected.size);
    for (const { productId, count, sum, ratingCounts } of summaries) {
      expect({ count, sum, ratingCounts }).toEqual(summaryOf(expected.get(String(productId)) ?? []));
    }
  });

  it("reports progress that ends near what it announced", () => {
    for (const name of ["heroSlides", "pages", "reviews"]) {
      const { done, total } = reports.findLast(({ collection }) => collection === name) ?? { done: 0, total: 1 };
      expect(done / total).toBeGreaterThan(0.9);
      expect(done / total).toBeLessThan(1.1);
    }
  });

  it("fills every field of the graph somewhere", async () => {
    const viewer = fakeViewer("admin", plan.tenantId);
    const [summary] = await rows("reviewSummaries", { tenantId: plan.tenantId });
    const productId = String(summary?.productId);
    const data = await content.subgraph.expectData<Record<string, unknown>>({
      query: `query ($productId: ID!, $representations: [_Any!]!) {
        heroSlides(activeOnly: false) { id nodeId title subtitle imageUrl linkUrl buttonText isActive sortOrder backgroundColor textColor }
        page(slug: "terms") { id nodeId slug title body metaTitle metaDescription updatedAt }
        reviews(productId: $productId) { totalCount pageInfo { startCursor endCursor } edges { cursor node { id } } nodes {
          id nodeId product { id } author { id } rating title body verifiedPurchase status createdAt } }
        _entities(representations: $representations) { ... on Product {
          id reviews { nodes { id } } reviewSummary { count averageRating ratingCounts } } } }`,
      variables: { productId, representations: [{ __typename: "Product", id: productId }] },
      viewer,
    });
    const empty = (value: unknown, path: string): string[] => {
      if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return [path];
      if (typeof value !== "object") return [];
      return Object.entries(value).flatMap(([key, part]) => empty(part, `${path}.${key}`));
    };
    expect(empty(data, "data")).toEqual([]);
  });

  it("answers every query from an index", async () => {
    const client = connection().getClient();
    const collections = { HeroSlide: "heroSlides", Page: "pages", Review: "reviews" } as const;
    const references: { __typename: string; id: string }[] = [];
    for (const [__typename, name] of Object.entries(collections)) {
      const found = (await rows(name, { tenantId: plan.tenantId })).slice(0, 50);
      references.push(...found.map(({ _id }) => ({ __typename, id: String(_id) })));
    }
    const summaries = (await rows("reviewSummaries", { tenantId: plan.tenantId })).slice(0, 50);
    references.push(...summaries.map(({ productId }) => ({ __typename: "Product", id: String(productId) })));
    const { commands } = await captureQueries(client, async () => {
      for (const viewer of [fakeViewer("admin", plan.tenantId), fakeViewer("customer", plan.tenantId)]) {
        await content.subgraph.expectData({
          query: `query ($representations: [_Any!]!) { heroSlides { id } page(slug: "terms") { id }
            _entities(representations: $representations) { ... on HeroSlide { id } ... on Page { id } ... on Review { id }
              ... on Product { reviews { totalCount nodes { id } } reviewSummary { count } } } }`,
          variables: { representations: references },
          viewer,
        });
      }
      await content.subgraph.expectData({
        query: "{ heroSlides(activeOnly: false) { id } }",
        viewer: fakeViewer("admin", plan.tenantId),
      });
    });
    expect(commands.length).toBeGreaterThan(10);
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
  });

  // Last, because it takes everything away.
  it("is cleaned up without touching what others wrote", async () => {
    const productId = plan.id("product", 0);
    const review = await fakeReview(content.models, { productId, authorId: newId() }, plan.tenantId);
    await expect(cleanSeed(connection(), Object.keys(schemas))).resolves.toBe(written);
    for (const name of Object.keys(schemas) as (keyof typeof schemas)[]) {
      const left = await rows(name);
      expect(left.map(({ _id }) => String(_id))).toEqual(name === "reviews" ? [review._id.toHexString()] : []);
    }
    expect(await rows("reviewSummaries")).toEqual([]);
  });
});
