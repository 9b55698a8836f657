import { type CapturedCommand, captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { type Viewer } from "@tradegraph/kit/viewer";
import { beforeAll, describe, expect, it } from "vitest";
import { fakeReview, fakeViewer, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();
const productId = newId();
const count = 25;

interface Page {
  reviews: {
    nodes: { rating: number; createdAt: string; title: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
    totalCount: number;
  };
}

const query = `query ($productId: ID!, $first: Int, $after: String, $last: Int, $before: String, $sort: ReviewSort) {
  reviews(productId: $productId, first: $first, after: $after, last: $last, before: $before, sort: $sort) {
    nodes { rating createdAt title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`;

const ask = async (variables: object = {}, viewer?: Viewer) =>
  (
    await content.subgraph.expectData<Page>({
      query,
      variables: { productId: productId.toHexString(), ...variables },
      ...(viewer && { viewer }),
    })
  ).reviews;

beforeAll(async () => {
  for (let n = 0; n < count; n += 1) {
    // Three reviews each hour and five ratings: both sorts have ties.
    const createdAt = new Date(Date.UTC(2026, 0, 1, Math.floor(n / 3)));
    await fakeReview(content.models, { productId, rating: (n % 5) + 1, createdAt, title: `Review ${n}` });
  }
  await fakeReview(content.models, { productId, status: "pending", title: "pending" });
  await fakeReview(content.models, { productId, status: "rejected", title: "rejected" });
  await fakeReview(content.models, { title: "of another product" });
  await fakeReview(content.models, { productId, title: "of another shop" }, "other-shop");
});

describe("reviews", () => {
  it("gives approved reviews of the product, newest first", async () => {
    const { nodes, pageInfo, totalCount } = await ask({ first: 3 });
    expect(nodes.map(({ title }) => title)).toEqual(["Review 24", "Review 23", "Review 22"]);
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(totalCount).toBe(count);
  });

  it.each([undefined, fakeViewer("customer"), fakeViewer("supplier"), fakeViewer("admin")])(
    "shows the same to %j",
    async (viewer) => {
      const { nodes, totalCount } = await ask({ first: 100 }, viewer);
      expect(nodes).toHaveLength(count);
      expect(totalCount).toBe(count);
    },
  );

  it.each(
    ["CREATED_AT", "RATING"].flatMap((key) =>
      ["ASC", "DESC"].flatMap((direction) => [true, false].map((forward) => ({ key, direction, forward }))),
    ),
  )("walks every review once by $key $direction, forward $forward", async ({ key, direction, forward }) => {
    const sort = { key, direction };
    const whole = (await ask({ sort, first: 100 })).nodes;
    const walked: Page["reviews"]["nodes"] = [];
    for (let cursor: string | undefined; ;) {
      const { nodes, pageInfo } = await ask(
        forward ? { sort, first: 4, after: cursor } : { sort, last: 4, before: cursor },
      );
      if (forward) walked.push(...nodes);
      else walked.unshift(...nodes);
      cursor = forward ? pageInfo.endCursor : pageInfo.startCursor;
      if (!(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
    }
    expect(walked).toEqual(whole);
    expect(new Set(walked.map(({ title }) => title)).size).toBe(count);
    const keys = walked.map(({ rating, createdAt }) => (key === "RATING" ? rating : Date.parse(createdAt)));
    expect(keys).toEqual(keys.toSorted((a, b) => (direction === "ASC" ? a - b : b - a)));
  });

  it("is empty for a product without reviews, and for one that does not exist", async () => {
    const { nodes, totalCount } = await ask({ productId: newId().toHexString() });
    expect({ nodes, totalCount }).toEqual({ nodes: [], totalCount: 0 });
  });

  it.each([
    { productId: "nonsense" },
    { productId: "AAAAAAAAAAAA" },
    { first: 0 },
    { first: 1_000_000_000 },
    { last: -1 },
    { first: 1, last: 1 },
    { after: "nonsense" },
    { after: Buffer.from('["x",{"$gt":0},"5f5f5f5f5f5f5f5f5f5f5f5f"]').toString("base64url") },
  ])("refuses %j", async (variables) => {
    const answer = await content.subgraph.execute({
      query,
      variables: { productId: productId.toHexString(), ...variables },
    });
    expect(answer.data).toEqual({ reviews: null });
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  });

  it("refuses a cursor of another sort and of another product", async () => {
    const { endCursor } = (await ask({ first: 2 })).pageInfo;
    for (const changed of [{ sort: { key: "RATING", direction: "DESC" } }, { productId: newId().toHexString() }]) {
      const answer = await content.subgraph.execute({
        query,
        variables: { productId: productId.toHexString(), ...changed, after: endCursor },
      });
      expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
  });

  it("refuses a sort that does not exist", async () => {
    const answer = await content.subgraph.execute({
      query,
      variables: { productId: productId.toHexString(), sort: { key: "AUTHOR" } },
    });
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("reads in index order", async () => {
    const client = content.resources.mongo.connection.getClient();
    const { commands } = await captureQueries(client, async () => {
      for (const key of ["CREATED_AT", "RATING"]) {
        const { pageInfo } = await ask({ first: 5, sort: { key, direction: "DESC" } });
        await ask({ first: 5, after: pageInfo.endCursor, sort: { key, direction: "DESC" } });
        await ask({ last: 5, sort: { key, direction: "DESC" } });
      }
    });
    expect(commands.filter((command: CapturedCommand) => "find" in command)).toHaveLength(6);
    await expect(explainProblems(client, commands, { maxKeysPerResult: 2 })).resolves.toEqual([]);
  });
});
