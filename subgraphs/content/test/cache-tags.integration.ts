// P9: whatever changes an answer tells one of the tags that the answer said it has read, at once and in the outbox.
import { toNodeId } from "@tradegraph/kit/node-id";
import { outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { seedRandom, type SeedRandom } from "@tradegraph/kit/seed-random";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { expectToldOf } from "@tradegraph/testkit/tag-completeness";
import { type Execution } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { eraseReviews } from "../src/commands/person-erase.ts";
import { type Models } from "../src/models.ts";
import { fakePage, fakeReview, fakeSlide, fakeSummary, fakeViewer, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();

type World = Awaited<ReturnType<typeof createWorld>>;

/** A small shop in a tenant of its own: more products than pages of a request are read at once. */
async function createWorld(models: Models, tenantId: string, random: SeedRandom) {
  const productIds = Array.from({ length: 8 }, newId);
  const author = fakeViewer("customer", tenantId);
  const authors = [productIds[0] as Types.ObjectId, newId(), newId()];
  const viewers = [undefined, { ...author, userId: String(authors[0]) }, fakeViewer("admin", tenantId)];
  const slides = await Promise.all(
    [0, 1, 2].map((n) => fakeSlide(models, { sortOrder: n, isActive: random.chance(60) }, tenantId)),
  );
  const pages = await Promise.all([0, 1].map((n) => fakePage(models, { slug: `page-${n}` }, tenantId)));
  const reviews = await Promise.all(
    productIds.map((productId, n) =>
      fakeReview(
        models,
        {
          productId,
          authorId: authors[n % 3] as Types.ObjectId,
          rating: 1 + (n % 5),
          status: random.pick(["approved", "pending"]),
        },
        tenantId,
      ),
    ),
  );
  const summaries = await Promise.all(
    productIds.slice(0, 4).map((productId) => fakeSummary(models, { productId }, tenantId)),
  );
  return { models, tenantId, productIds, authors, viewers, slides, pages, reviews, summaries };
}

const hex = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();

function questions({ productIds, viewers, slides, pages, reviews, tenantId }: World, random: SeedRandom): Execution[] {
  const viewer = random.pick([0, 1, 2]);
  const as = { viewer: viewers[viewer] ?? anonymousViewer(tenantId) };
  const productId = String(random.pick(productIds));
  const sort = `sort: { key: ${random.pick(["CREATED_AT", "RATING"])}, direction: ${random.pick(["ASC", "DESC"])} }`;
  const nodes = [
    toNodeId("Page", hex(random.pick(pages))),
    toNodeId("Review", hex(random.pick(reviews))),
    toNodeId("HeroSlide", hex(random.pick(slides))),
  ];
  const shown = "id rating reviewed: title body status product { id } author { id }";
  return [
    {
      ...as,
      query: `{ heroSlides${viewer === 2 ? `(activeOnly: ${random.chance(50)})` : ""} { id title isActive sortOrder } page(slug: "page-${random.below(3)}") { title body updatedAt } other: page(slug: "page-1") { id } }`,
    },
    { ...as, query: `{ reviews(productId: "${productId}", first: 2, ${sort}) { nodes { ${shown} } totalCount } }` },
    {
      ...as,
      query: `{ ${nodes.map((id, n) => `n${n}: node(id: "${id}") { id ... on Page { title text: body } ... on Review { ${shown} } ... on HeroSlide { title } }`).join(" ")} }`,
    },
    {
      ...as,
      query: `query ($r: [_Any!]!) { _entities(representations: $r) {
        ... on Product { reviews(first: 2, ${sort}) { nodes { ${shown} } totalCount } reviewSummary { count averageRating ratingCounts } }
        ... on HeroSlide { title } ... on Page { title slug updatedAt } ... on Review { ${shown} } } }`,
      variables: {
        r: [
          ...productIds.map((id) => ({ __typename: "Product", id: String(id) })),
          ...slides.map((one) => ({ __typename: "HeroSlide", id: hex(one) })),
          ...pages.map((one) => ({ __typename: "Page", id: hex(one) })),
          ...reviews.map((one) => ({ __typename: "Review", id: hex(one) })),
        ],
      },
    },
  ];
}

function change(world: World, random: SeedRandom): Promise<unknown> {
  const { models, productIds, authors } = world;
  const [slide, page, review, summary] = [world.slides, world.pages, world.reviews, world.summaries].map((all) => ({
    _id: random.pick(all as { _id: Types.ObjectId }[])._id,
  })) as [{ _id: Types.ObjectId }, { _id: Types.ObjectId }, { _id: Types.ObjectId }, { _id: Types.ObjectId }];
  const entry = () => withOutbox(outboxEntry("content.changed", { role: "service" }));
  const productId = random.pick(productIds);
  const quiet = { timestamps: random.chance(50) };
  const changes: (() => PromiseLike<unknown>)[] = [
    () => models.HeroSlide.updateOne(slide, { isActive: random.chance(50) }, quiet),
    () => models.HeroSlide.updateOne(slide, { $set: { sortOrder: random.below(9) - 4 } }, quiet),
    () => models.HeroSlide.updateMany({ isActive: true }, { $set: { title: `T${random.below(99)}` } }, quiet),
    () => models.HeroSlide.create({ title: "New", imageUrl: "/n.jpg", sortOrder: -9, ...entry() }),
    () => models.HeroSlide.deleteOne(slide),
    () => models.Page.updateOne(page, { $set: { slug: `page-${random.below(3)}` } }, quiet),
    () => models.Page.findOneAndUpdate({ slug: "page-1" }, { $set: { title: `T${random.below(99)}` } }, quiet).lean(),
    () => models.Page.replaceOne(page, { slug: `page-${random.below(3)}`, title: "Whole", body: "#", version: 1 }),
    () => models.Page.updateOne({ slug: "page-2" }, { $set: { title: "Made", body: "#" } }, { upsert: true }),
    () => models.Page.deleteOne({ slug: "page-1" }),
    () => models.Review.updateOne(review, { $set: { status: random.pick(["approved", "rejected"]) } }, quiet),
    () => models.Review.updateOne(review, { $set: { rating: 1 + random.below(5) } }, quiet),
    () => models.Review.updateOne(review, { $set: { productId } }, quiet),
    () => models.Review.updateMany({ productId }, { $unset: { title: 1 } }, quiet),
    () => models.Review.bulkWrite([{ updateMany: { filter: { productId }, update: { $set: { body: "B" } } } }]),
    () => models.Review.updateOne(review, { $rename: { title: "body" } }),
    () => models.Review.insertMany([{ productId, authorId: newId(), rating: 5, status: "approved", ...entry() }]),
    () => models.Review.findOneAndDelete({ productId }).lean(),
    () => eraseReviews(models, random.pick(authors), { role: "service" }),
    () => models.ReviewSummary.updateOne(summary, { $inc: { count: 1, sum: 5, "ratingCounts.4": 1 } }, quiet),
    () => models.ReviewSummary.updateOne(summary, { $set: { productId } }, quiet),
    () =>
      models.ReviewSummary.updateOne(
        { productId },
        { $inc: { count: 1, sum: 5 }, $setOnInsert: { ratingCounts: [0, 0, 0, 0, 1] } },
        { upsert: true },
      ),
    () => models.ReviewSummary.deleteOne(summary),
  ];
  return Promise.resolve(random.pick(changes)());
}

describe("a change of content", () => {
  it("tells every answer that it changes, at once and in the outbox", { timeout: 60_000 }, async () => {
    let changed = 0;
    for (let round = 0; round < 8; round += 1) {
      const tenantId = `shop-${round}`;
      const random = seedRandom(tenantId, "cache tags", 1);
      const world = await createWorld(content.models, tenantId, random);
      const asked = questions(world, random);
      for (let step = 0; step < 5; step += 1) {
        const { connection } = content.resources.mongo;
        const trial = { subgraph: content.subgraph, connection, tenantId, questions: asked };
        const counts = await expectToldOf({ ...trial, change: () => change(world, random) });
        changed += counts.changed;
        expect(counts.kept).toBeGreaterThan(10);
      }
    }
    expect(changed).toBeGreaterThan(25);
  });
});
