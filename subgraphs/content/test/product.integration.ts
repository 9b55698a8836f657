import { commandsOf } from "@tradegraph/testkit/command-counter";
import { describe, expect, it } from "vitest";
import { fakeReview, fakeSummary, fakeViewer, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();

const reference = (id: string) => ({ __typename: "Product", id });

const ask = async <T>(ids: string[], selection: string) =>
  (
    await content.subgraph.expectData<{ _entities: T[] }>({
      query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { ${selection} } } }`,
      variables: { representations: ids.map(reference) },
    })
  )._entities;

describe("Product", () => {
  it("is what the reference says, and asks nothing", async () => {
    const ids = Array.from({ length: 100 }, () => newId().toHexString());
    const { result, commands } = await commandsOf(content.resources.mongo, () => ask(ids, "id"));
    expect(result).toEqual(ids.map((id) => ({ id })));
    expect(commands).toEqual([]);
  });
});

describe("Product.reviewSummary", () => {
  const selection = "reviewSummary { count averageRating ratingCounts }";

  it("gives numbers, and zeros without reviews", async () => {
    const { productId } = await fakeSummary(content.models, { count: 3, sum: 11, ratingCounts: [0, 1, 0, 1, 1] });
    const foreign = await fakeSummary(content.models, {}, "other-shop");
    const none = { reviewSummary: { count: 0, averageRating: null, ratingCounts: [0, 0, 0, 0, 0] } };
    await expect(
      ask([productId, newId(), foreign.productId].map(String).concat("nonsense"), selection),
    ).resolves.toEqual([
      { reviewSummary: { count: 3, averageRating: 3.67, ratingCounts: [0, 1, 0, 1, 1] } },
      none,
      none,
      none,
    ]);
  });

  it("costs one command for 100 products", async () => {
    const summaries = await Promise.all(Array.from({ length: 100 }, () => fakeSummary(content.models)));
    const { result, commands } = await commandsOf(content.resources.mongo, () =>
      ask<{ reviewSummary: { count: number } }>(
        summaries.map(({ productId }) => productId.toHexString()),
        selection,
      ),
    );
    expect(result.every(({ reviewSummary }) => reviewSummary.count === 3)).toBe(true);
    expect(commands).toEqual([{ name: "find", collection: "reviewSummaries" }]);
  });
});

describe("Product.reviews", () => {
  it("gives the product's approved reviews with author and product as references", async () => {
    const review = await fakeReview(content.models);
    await fakeReview(content.models, { productId: review.productId, status: "pending" });
    const [product] = await ask(
      [review.productId.toHexString()],
      "reviews { totalCount nodes { rating author { id } product { id } } }",
    );
    expect(product).toEqual({
      reviews: {
        totalCount: 1,
        nodes: [
          { rating: 4, author: { id: review.authorId.toHexString() }, product: { id: review.productId.toHexString() } },
        ],
      },
    });
  });

  it("allows 100 for one product, but only 10 inside a list", async () => {
    const ids = [newId().toHexString(), newId().toHexString()];
    await expect(ask(ids.slice(0, 1), "reviews(first: 100) { nodes { id } }")).resolves.toHaveLength(1);
    await expect(ask(ids, "reviews(first: 10) { nodes { id } }")).resolves.toHaveLength(2);
    const answer = await content.subgraph.execute({
      query:
        "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { reviews(first: 11) { nodes { id } } } } }",
      variables: { representations: ids.map(reference) },
    });
    expect(answer.data).toEqual({ _entities: [{ reviews: null }, { reviews: null }] });
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT", "BAD_USER_INPUT"]);
  });

  it("reads pages and counts of a list a few at a time", async () => {
    const ids = Array.from({ length: 30 }, () => newId().toHexString());
    let running = 0;
    let most = 0;
    const client = content.resources.mongo.connection.getClient();
    const started = () => (most = Math.max(most, (running += 1)));
    const ended = () => (running -= 1);
    client.on("commandStarted", started).on("commandSucceeded", ended);
    const { commands } = await commandsOf(content.resources.mongo, () =>
      ask(ids, "reviews { totalCount nodes { id } }"),
    );
    client.off("commandStarted", started).off("commandSucceeded", ended);
    expect(commands).toHaveLength(60);
    expect(most).toBeLessThanOrEqual(5);
    expect(most).toBeGreaterThan(1);
  });
});

describe("Review by reference", () => {
  const reviewQuery = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Review { id status title verifiedPurchase } } }`;
  const references = (ids: string[]) => ({ representations: ids.map((id) => ({ __typename: "Review", id })) });

  it("resolves 100 references with one command", async () => {
    const reviews = await Promise.all(Array.from({ length: 100 }, () => fakeReview(content.models)));
    const variables = references(reviews.map(({ _id }) => _id.toHexString()));
    const { result, commands } = await commandsOf(content.resources.mongo, () =>
      content.subgraph.expectData<{ _entities: { title: string }[] }>({ query: reviewQuery, variables }),
    );
    expect(result._entities.map(({ title }) => title)).toEqual(reviews.map(({ title }) => title));
    expect(commands).toEqual([{ name: "find", collection: "reviews" }]);
  });

  it("shows what is not approved only to its author and staff of the same shop", async () => {
    const author = fakeViewer("customer");
    const waiting = await fakeReview(content.models, { status: "pending", authorId: newId() });
    const own = await fakeReview(content.models, { status: "rejected", authorId: newId() });
    const ids = [waiting._id.toHexString(), own._id.toHexString()];
    author.userId = own.authorId.toHexString();
    const seenBy = async (viewer?: ReturnType<typeof fakeViewer>) =>
      (
        await content.subgraph.expectData<{ _entities: ({ status: string } | null)[] }>({
          query: reviewQuery,
          variables: references(ids),
          ...(viewer && { viewer }),
        })
      )._entities.map((review) => review?.status);
    await expect(seenBy()).resolves.toEqual([undefined, undefined]);
    await expect(seenBy(fakeViewer("customer"))).resolves.toEqual([undefined, undefined]);
    await expect(seenBy(fakeViewer("supplier"))).resolves.toEqual([undefined, undefined]);
    await expect(seenBy(author)).resolves.toEqual([undefined, "REJECTED"]);
    await expect(seenBy(fakeViewer("admin"))).resolves.toEqual(["PENDING", "REJECTED"]);
    await expect(seenBy(fakeViewer("admin", "other-shop"))).resolves.toEqual([undefined, undefined]);
    await expect(seenBy({ ...author, tenantId: "other-shop" })).resolves.toEqual([undefined, undefined]);
  });
});
