import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Models } from "../src/models.ts";
import { fakeCategory, fakeInventory, fakeProduct } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;
let models: Models;

beforeAll(async () => {
  subgraph = await startProducts();
  ({ models } = subgraph);
});

afterAll(() => subgraph.stop());

const absent = "5f5f5f5f5f5f5f5f5f5f5f5f";

describe("product", () => {
  const query = "query ($by: ProductBy!) { product(by: $by) { id sku name title price { amount currencyCode } } }";

  it("finds by id and by sku", async () => {
    const product = await fakeProduct(models, { name: "Steel Valve" });
    const expected = {
      id: product._id.toHexString(),
      sku: product.sku,
      name: "Steel Valve",
      title: "Steel Valve",
      price: { amount: "10.00", currencyCode: "EUR" },
    };
    for (const by of [{ id: expected.id }, { sku: product.sku }]) {
      expect(await subgraph.expectData({ query, variables: { by } })).toEqual({ product: expected });
    }
  });

  it("gives null for what is unknown, not on sale, or another shop's", async () => {
    const inactive = await fakeProduct(models, { isActive: false });
    const foreign = await fakeProduct(models, { tenantId: "other" });
    for (const { _id, sku } of [inactive, foreign, { _id: absent, sku: "no-such-sku" }]) {
      for (const by of [{ id: String(_id) }, { sku }]) {
        expect(await subgraph.expectData({ query, variables: { by } })).toEqual({ product: null });
      }
    }
  });

  it.each([{}, { id: absent, sku: "A" }, { id: "nonsense" }, { id: "" }, { id: absent.toUpperCase() }, { sku: null }])(
    "refuses %j",
    async (by) => {
      const answer = await subgraph.execute({ query, variables: { by } });
      expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    },
  );

  it("shows its stock as a sum over stores, enough or not", async () => {
    const { _id } = await fakeProduct(models, { moq: 10, leadTime: 4 });
    await fakeInventory(models, _id, 6);
    await fakeInventory(models, _id, 3, { tenantId: "other" });
    const stock = async () =>
      subgraph.expectData({
        query: `{ product(by: { id: "${String(_id)}" }) { stock { available isInStock leadTimeDays } } }`,
      });
    expect(await stock()).toEqual({ product: { stock: { available: 6, isInStock: false, leadTimeDays: 4 } } });
    await fakeInventory(models, _id, 4);
    expect(await stock()).toEqual({ product: { stock: { available: 10, isInStock: true, leadTimeDays: 4 } } });
  });
});

describe("products", () => {
  const page = (variables: object) =>
    subgraph.execute({
      query: `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ProductFilter, $sort: ProductSort) {
        products(first: $first, after: $after, last: $last, before: $before, filter: $filter, sort: $sort) { nodes { id } pageInfo { endCursor } } }`,
      variables: variables as Record<string, unknown>,
    });

  it.each([
    { first: 0 },
    { first: -1 },
    { first: 1_000_000_000 },
    { first: 101 },
    { last: 0 },
    { first: 5, last: 5 },
    { first: 5, before: "x" },
    { after: "no cursor" },
    { after: "" },
    { filter: { categoryId: "nonsense" } },
    { filter: { supplierId: "" } },
    { filter: { brands: [] } },
    { filter: { brands: Array.from({ length: 21 }, String) } },
    { filter: { tags: Array.from({ length: 11 }, String) } },
    { filter: { qualityGrades: [] } },
    { sort: { key: "RELEVANCE" } },
    { sort: { key: "UNKNOWN" } },
    { filter: { priceMin: 1.5 } },
  ])("refuse %j", async (variables) => {
    expect((await page(variables)).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("refuse the cursor of another sort or filter", async () => {
    await fakeProduct(models);
    const { data } = await page({ first: 1, sort: { key: "NAME" } });
    const after = (data as { products: { pageInfo: { endCursor: string } } }).products.pageInfo.endCursor;
    expect((await page({ first: 1, after, sort: { key: "NAME" } })).errors).toBeUndefined();
    for (const other of [{ sort: { key: "PRICE" } }, { sort: { key: "NAME", direction: "DESC" } }, {}]) {
      expect((await page({ first: 1, after, ...other })).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
    const filtered = await page({ first: 1, after, sort: { key: "NAME" }, filter: { inStock: false } });
    expect(filtered.errors?.[0]?.message).toMatch(/another filter or sort/);
  });

  it("keep pages inside lists short, one query each", async () => {
    const parent = await fakeCategory(models, { slug: "nested-pages" });
    for (let n = 0; n < 3; n += 1) await fakeCategory(models, { parentId: parent._id });
    const nested = (first: number) =>
      subgraph.execute({
        query: `{ categories(parentId: "${String(parent._id)}") { nodes { products(first: ${first}) { nodes { id } } } } }`,
      });
    expect((await nested(11)).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect((await nested(10)).errors).toBeUndefined();
  });
});
