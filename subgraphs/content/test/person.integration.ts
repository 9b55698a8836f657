// Export and erasure of one person in content: stars stay, words and author do not.
import { createPersonCalls, type PersonCalls, unsignedStatus } from "@tradegraph/testkit/person-calls";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { textsInDatabase } from "@tradegraph/testkit/raw-bson";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReviewDocument } from "../src/models/review.ts";
import { fakeReview, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();
let calls: PersonCalls;

beforeAll(() => {
  calls = createPersonCalls({ service: "content", url: content.subgraph.url });
});
afterAll(() => calls.close());

const stored = ({ _id }: { _id: Types.ObjectId }, tenantId = testTenant) =>
  runForTenant(tenantId, async () => content.models.Review.findById(_id).lean<ReviewDocument>());

/** Past mongoose's checks, in one command: the database's own validator looks at each. */
const fakeReviews = (authorId: Types.ObjectId, count: number) =>
  runForTenant(testTenant, () =>
    content.models.Review.insertMany(
      Array.from({ length: count }, (_, n) => ({
        ...{ productId: newId(), authorId, rating: (n % 5) + 1, body: `Canarina's words ${n}`, status: "approved" },
      })),
    ),
  );

describe("the export of an author", () => {
  it("tells all reviews over all pages, those too that are not shown", async () => {
    const author = newId();
    await fakeReviews(author, 120);
    const hidden = await fakeReview(content.models, { authorId: author, status: "pending", title: "Not yet" });
    await fakeReview(content.models, { body: "Somebody else's" });
    await fakeReview(content.models, { authorId: author, body: "There" }, "other-shop");
    const first = await calls.page({ userId: author.toHexString() });
    expect(first).toMatchObject({ next: { source: "reviews", after: expect.any(String) as string } });
    const { reviews = [] } = await calls.exported(author.toHexString());
    expect(new Set(reviews.map(({ id }) => id)).size).toBe(121);
    expect(reviews).toContainEqual({
      ...{ id: hidden._id.toHexString(), productId: hidden.productId.toHexString(), rating: 4, title: "Not yet" },
      ...{ body: "Solid.", status: "pending", verifiedPurchase: false, createdAt: hidden.createdAt.toISOString() },
    });
  });

  it("is empty for somebody unknown, and refused to whoever is not signed for or asks nonsense", async () => {
    const nobody = newId().toHexString();
    await expect(calls.exported(nobody)).resolves.toEqual({ reviews: [] });
    await expect(calls.erase(nobody)).resolves.toEqual({ reviews: 0 });
    for (const route of ["person-export", "person-erase"])
      expect(await unsignedStatus(content.subgraph.url, route)).toBe(401);
    for (const body of [[], { userId: nobody, next: { source: "orders" } }])
      await expect(calls.page(body)).rejects.toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });
});

describe("the erasure of an author", () => {
  it("cuts the words off and keeps the stars, so that averages stay true", async () => {
    const author = newId();
    const review = await fakeReview(content.models, {
      authorId: author,
      rating: 2,
      title: "Canarina says",
      body: "No",
    });
    const other = await fakeReview(content.models, { productId: review.productId });
    const foreign = await fakeReview(content.models, { authorId: author, body: "There" }, "other-shop");
    await expect(calls.erase(author.toHexString())).resolves.toEqual({ reviews: 1 });
    const after = await stored(review);
    expect(after).toMatchObject({ productId: review.productId, rating: 2, status: "approved", version: 2 });
    expect([after?.title, after?.body]).toEqual([undefined, undefined]);
    expect(after?.outbox).toMatchObject([{ type: "review.erased", actor: { role: "service" } }]);
    expect(await stored(other)).toEqual(other);
    expect(await stored(foreign, "other-shop")).toEqual(foreign);
    await expect(calls.exported(author.toHexString())).resolves.toEqual({ reviews: [] });
  });

  it("may be repeated, also by several at once and over more than a batch, and tells of each review once", async () => {
    const author = newId();
    await fakeReviews(author, 520);
    const all = await Promise.all(Array.from({ length: 3 }, () => calls.erase(author.toHexString())));
    expect(all.reduce((sum, { reviews = 0 }) => sum + reviews, 0)).toBe(520);
    await expect(calls.erase(author.toHexString())).resolves.toEqual({ reviews: 0 });
    const { db } = content.resources.mongo.connection;
    expect(await db?.collection("reviews").countDocuments({ "outbox.1": { $exists: true } })).toBe(0);
    expect(db && (await textsInDatabase(db, [author.toHexString()]))).toEqual([]);
  });
});
