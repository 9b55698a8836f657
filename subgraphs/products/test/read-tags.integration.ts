import { type CacheAnswer, cacheTagsHeader } from "@tradegraph/kit/cache-answer";
import { type Execution, testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  categoryDocument,
  fakeCategory,
  fakePriceList,
  fakePriceListEntry,
  fakeProduct,
  fakeInventory,
  fakeStore,
  store,
} from "./fakes.ts";
import { startProducts } from "./start-products.ts";

let subgraph: Awaited<ReturnType<typeof startProducts>>;

beforeAll(async () => {
  subgraph = await startProducts();
});
afterAll(() => subgraph.stop());

/** What an answer says it has read. */
async function tagsOf(execution: Execution): Promise<CacheAnswer> {
  const answer = await subgraph.execute({ ...execution, headers: { [cacheTagsHeader]: "1" }, withExtensions: true });
  expect(answer.errors).toBeUndefined();
  return answer.extensions as CacheAnswer;
}
const idOf = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();
const of = (model: string, ...documents: { _id: Types.ObjectId }[]) => documents.map((one) => `${model}:${idOf(one)}`);
const list = (model: string, ...fields: string[]) => [
  `list:${testTenant}:${model}`,
  ...fields.map((field) => `list:${testTenant}:${model}.${field}`),
];
const model = (...names: string[]) => names.map((name) => `model:${testTenant}:${name}`);
const any = (name: string) => `any:${testTenant}:${name}`;
const sorted = (tags: string[] | null | undefined) => tags?.toSorted() ?? tags;

describe("what an answer says it has read", () => {
  it("is nothing for who does not ask", async () => {
    const { extensions } = await subgraph.execute({ query: "{ categories { nodes { id } } }", withExtensions: true });
    expect(extensions).toBeUndefined();
  });

  it("is the document for a product by its id, also when there is none", async () => {
    const product = await fakeProduct(subgraph.models);
    const query = `{ a: product(by: { id: "${idOf(product)}" }) { name } b: product(by: { id: "${"0".repeat(24)}" }) { name } }`;
    const { cacheTagsByField: tags } = await tagsOf({ query });
    expect(sorted(tags?.a)).toEqual([...of("Product", product), ...model("Product")]);
    expect(sorted(tags?.b)).toEqual([`Product:${"0".repeat(24)}`, ...model("Product")]);
  });

  it("is every list by the field, too, for a product by its number", async () => {
    const product = await fakeProduct(subgraph.models);
    const query = `{ a: product(by: { sku: "${product.sku}" }) { name } b: product(by: { sku: "none" }) { name } }`;
    const { cacheTagsByField: tags } = await tagsOf({ query });
    expect(sorted(tags?.a)).toEqual(
      [...of("Product", product), ...list("Product", "sku"), ...model("Product")].toSorted(),
    );
    expect(sorted(tags?.b)).toEqual([...list("Product", "sku"), ...model("Product")].toSorted());
  });

  it("names fields of filter and sort, the documents, and what a count adds", async () => {
    const category = await fakeCategory(subgraph.models);
    const categoryPath = [category._id];
    const products = await Promise.all([1, 2].map(() => fakeProduct(subgraph.models, { categoryPath })));
    const arguments_ = `filter: { categoryId: "${idOf(category)}", inStock: false }, sort: { key: PRICE, direction: ASC }`;
    const query = `{ products(${arguments_}) { nodes { name } totalCount } }`;
    const { cacheTagsByField: tags } = await tagsOf({ query });
    const fields = ["categoryPath", "inStock", "isActive", "price"];
    expect(sorted(tags?.products)).toEqual(
      [...of("Product", ...products), ...list("Product", ...fields), ...model("Product")].toSorted(),
    );
  });

  it("names the text fields for a search, and what was found", async () => {
    const product = await fakeProduct(subgraph.models, { name: "Zyxwv anchor" });
    const { cacheTagsByField: tags } = await tagsOf({
      query: `{ products(query: "zyxwv") { nodes { name } totalCount } }`,
    });
    expect(sorted(tags?.products)).toEqual(
      [
        ...of("Product", product),
        ...list("Product", "brand", "description", "isActive", "name", "score"),
        ...model("Product"),
      ].toSorted(),
    );
  });

  it("tells entities of one batch apart, with what each has read below", async () => {
    const [one, two] = [await fakeProduct(subgraph.models), await fakeProduct(subgraph.models)];
    const shelf = await fakeInventory(subgraph.models, one._id, 5);
    const none = "f".repeat(24);
    const { apolloEntityCacheTags: tags } = await tagsOf({
      query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Product { name stock { available } } } }`,
      variables: {
        representations: [idOf(one), none, idOf(two), idOf(one)].map((id) => ({ __typename: "Product", id })),
      },
    });
    const below = [...list("Inventory", "productId"), ...model("Inventory", "Product")];
    expect(tags?.map(sorted)).toEqual([
      [...of("Product", one), ...of("Inventory", shelf), ...below].toSorted(),
      [`Product:${none}`, ...model("Product")],
      [...of("Product", two), ...below].toSorted(),
      [...of("Product", one), ...of("Inventory", shelf), ...below].toSorted(),
    ]);
  });

  it("follows a loader that asks another one, and values that were put into it", async () => {
    const product = await fakeProduct(subgraph.models);
    const companyId = idOf(await fakeCategory(subgraph.models));
    const price = await fakePriceList(subgraph.models, { companyIds: [product._id] });
    const entry = await fakePriceListEntry(subgraph.models, { priceListId: price._id, productId: product._id });
    const viewer = {
      tenantId: testTenant,
      role: "customer" as const,
      scopes: [],
      userId: companyId,
      companyId: idOf(product),
    };
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { price { amount } } } }`;
    const r = [
      { __typename: "Product", sku: product.sku },
      { __typename: "Product", id: idOf(product) },
    ];
    const { apolloEntityCacheTags: tags } = await tagsOf({ query, variables: { r }, viewer });
    for (const each of tags ?? [])
      expect(each).toEqual(
        expect.arrayContaining([
          ...of("Product", product),
          ...of("PriceList", price),
          ...of("PriceListEntry", entry),
          ...list("PriceList", "companyIds"),
          ...list("PriceListEntry", "priceListId", "productId"),
        ]),
      );
  });

  it("follows lists inside lists", async () => {
    const categories = await Promise.all([1, 2].map(() => fakeCategory(subgraph.models)));
    const products = await Promise.all(
      categories.map(({ _id }) => fakeProduct(subgraph.models, { categoryId: _id, categoryPath: [_id] })),
    );
    const { apolloEntityCacheTags: tags } = await tagsOf({
      query: `query ($r: [_Any!]!) { _entities(representations: $r) {
        ... on Category { products(first: 3) { nodes { category { name } } totalCount } } } }`,
      variables: { r: categories.map((one) => ({ __typename: "Category", id: idOf(one) })) },
    });
    const lists = [...list("Product", "categoryPath", "isActive", "updatedAt"), ...model("Category", "Product")];
    expect(tags?.map(sorted)).toEqual(
      categories.map((category, index) =>
        [...of("Category", category), ...of("Product", products[index]!), ...lists].toSorted(),
      ),
    );
  });

  it("is found for a query that GraphQL runs after the resolver", async () => {
    const near = await fakeStore(subgraph.models);
    const { cacheTagsByField: tags } = await tagsOf({
      query: "{ storesNear(latitude: 53, longitude: 10, radiusKm: 500) { name } }",
    });
    expect(sorted(tags?.storesNear)).toEqual(
      [...of("Store", near), ...list("Store", "isActive", "location"), ...model("Store")].toSorted(),
    );
  });

  it("names models instead of documents when there are too many", async () => {
    const parent = await fakeCategory(subgraph.models);
    const children = Array.from({ length: 520 }, () => categoryDocument({ parentId: parent._id }));
    await store(subgraph.models.Category, children);
    const { cacheTagsByField: tags } = await tagsOf({
      query: `{ category(by: { id: "${idOf(parent)}" }) { children { name } } }`,
    });
    expect(sorted(tags?.category)).toEqual(
      ["Category:*", any("Category"), ...list("Category", "isActive", "parentId"), ...model("Category")].toSorted(),
    );
  });
});
