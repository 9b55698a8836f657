import { Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Models } from "../src/models.ts";
import { fakeCategory, fakeProduct } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;
let models: Models;

beforeAll(async () => {
  subgraph = await startProducts();
  ({ models } = subgraph);
});

afterAll(() => subgraph.stop());

const absent = "5f5f5f5f5f5f5f5f5f5f5f5f";

describe("category", () => {
  const query =
    "query ($by: CategoryBy!) { category(by: $by) { id slug parent { slug } ancestors { slug } children { slug } } }";

  it("finds by id and by slug, with its place in the tree", async () => {
    const top = await fakeCategory(models, { slug: "top" });
    const middle = await fakeCategory(models, { slug: "middle", parentId: top._id, ancestors: [top._id] });
    const place = { parentId: middle._id, ancestors: [top._id, middle._id] };
    await fakeCategory(models, { slug: "second", sortOrder: 2, ...place });
    await fakeCategory(models, { slug: "first", sortOrder: 1, ...place });
    await fakeCategory(models, { slug: "closed", sortOrder: 3, isActive: false, ...place });
    const expected = {
      id: middle._id.toHexString(),
      slug: "middle",
      parent: { slug: "top" },
      ancestors: [{ slug: "top" }],
      children: [{ slug: "first" }, { slug: "second" }],
    };
    for (const by of [{ id: expected.id }, { slug: "middle" }]) {
      expect(await subgraph.expectData({ query, variables: { by } })).toEqual({ category: expected });
    }
  });

  it("gives null for a closed or unknown one", async () => {
    const { slug } = await fakeCategory(models, { isActive: false });
    for (const by of [{ slug }, { slug: "no-such" }, { id: absent }]) {
      expect(await subgraph.expectData({ query, variables: { by } })).toEqual({ category: null });
    }
  });

  it.each([{}, { id: absent, slug: "a" }, { id: "nonsense" }])("refuses %j", async (by) => {
    const answer = await subgraph.execute({ query, variables: { by } });
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("lists the products that are in it and meet a filter on another category as well", async () => {
    const { _id: shelf, slug } = await fakeCategory(models);
    const other = new Types.ObjectId();
    const both = await fakeProduct(models, { categoryId: shelf, categoryPath: [other, shelf] });
    await fakeProduct(models, { categoryId: shelf });
    await fakeProduct(models, { categoryId: other });
    const page = async (filter: object) =>
      subgraph.expectData<{ category: { products: { nodes: { id: string }[]; totalCount: number } } }>({
        query: `query ($filter: ProductFilter) { category(by: { slug: "${slug}" }) { products(filter: $filter) { nodes { id } totalCount } } }`,
        variables: { filter },
      });
    expect((await page({})).category.products.totalCount).toBe(2);
    expect((await page({ categoryId: other.toHexString() })).category.products).toEqual({
      nodes: [{ id: both._id.toHexString() }],
      totalCount: 1,
    });
  });
});
