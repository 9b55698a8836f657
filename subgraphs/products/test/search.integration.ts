import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Types } from "mongoose";
import { type Models } from "../src/models.ts";
import { candidateCap } from "../src/queries/search-products.ts";
import { euro, fakeProduct, productDocument, store } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;
let models: Models;

beforeAll(async () => {
  subgraph = await startProducts();
  ({ models } = subgraph);
});

afterAll(() => subgraph.stop());

interface Found {
  nodes: { name: string }[];
  totalCount: number | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const operation = (variables: object) => ({
  query: `query ($query: String, $first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
    products(query: $query, first: $first, after: $after, filter: $filter, sort: $sort) { nodes { name } totalCount pageInfo { hasNextPage endCursor } } }`,
  variables: variables as Record<string, unknown>,
});

const search = async (variables: object): Promise<Found> =>
  (await subgraph.expectData<{ products: Found }>(operation(variables))).products;

const namesOf = async (variables: object) => (await search(variables)).nodes.map(({ name }) => name);

const codeOf = async (variables: object) => (await subgraph.execute(operation(variables))).errors?.[0]?.extensions.code;

describe("text search", () => {
  it("puts a match in the name before one in the brand before one in the description", async () => {
    await fakeProduct(models, { name: "Third", description: "comes with a gasket" });
    await fakeProduct(models, { name: "Second", brand: "Gasket" });
    await fakeProduct(models, { name: "First gasket" });
    await fakeProduct(models, { name: "Not on sale gasket", isActive: false });
    await fakeProduct(models, { name: "Other shop's gasket", tenantId: "other" });
    expect(await namesOf({ query: "gaskets" })).toEqual(["First gasket", "Second", "Third"]);
  });

  it("filters what it finds, and counts it", async () => {
    const shelf = new Types.ObjectId();
    await fakeProduct(models, { name: "Washer A", price: euro(100), categoryPath: [shelf] });
    await fakeProduct(models, { name: "Washer B", price: euro(900), categoryPath: [shelf] });
    await fakeProduct(models, { name: "Washer C", price: euro(100) });
    const filter = { categoryId: shelf.toHexString(), priceMax: 500 };
    expect(await search({ query: "washer", filter })).toMatchObject({ nodes: [{ name: "Washer A" }], totalCount: 1 });
  });

  it("sorts what it finds by another key, either way", async () => {
    for (const [name, amount] of [
      ["Sprocket beta", 1],
      ["sprocket Alpha", 3],
      ["Sprocket gamma", 2],
    ] as const)
      await fakeProduct(models, { name, price: euro(amount) });
    const sorted = (key: string, direction: string) => namesOf({ query: "sprocket", sort: { key, direction } });
    const byName = ["sprocket Alpha", "Sprocket beta", "Sprocket gamma"];
    const byPrice = ["Sprocket beta", "Sprocket gamma", "sprocket Alpha"];
    expect(await sorted("NAME", "ASC")).toEqual(byName);
    expect(await sorted("NAME", "DESC")).toEqual(byName.toReversed());
    expect(await sorted("PRICE", "ASC")).toEqual(byPrice);
    expect(await sorted("PRICE", "DESC")).toEqual(byPrice.toReversed());
  });

  it("pages through equal scores without a gap or a repetition", async () => {
    const made = Array.from({ length: 45 }, (_, n) => productDocument({ name: `Rivet ${n}` }));
    await store(models.Product, made);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Found = await search({ query: "rivet", first: 7, after });
      seen.push(...page.nodes.map(({ name }) => name));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(45);
    expect(new Set(seen).size).toBe(45);
  });

  it("refuses the cursor of another search", async () => {
    const { pageInfo } = await search({ query: "rivet", first: 3 });
    const after = pageInfo.endCursor;
    expect(await codeOf({ query: "rivet", first: 3, after })).toBeUndefined();
    expect(await codeOf({ query: "washer", first: 3, after })).toBe("BAD_USER_INPUT");
    expect(await codeOf({ first: 3, after })).toBe("BAD_USER_INPUT");
    expect(await codeOf({ query: "rivet", first: 3, after, sort: { key: "NAME" } })).toBe("BAD_USER_INPUT");
  });

  it("ends at the cap of candidates, the best ones", async () => {
    const plain = Array.from({ length: candidateCap + 20 }, () =>
      productDocument({ name: "Common grommet with a long name" }),
    );
    await store(models.Product, [...plain, productDocument({ name: "Grommet" })]);
    const page = await search({ query: "grommet", first: 1 });
    expect(page).toMatchObject({ nodes: [{ name: "Grommet" }], totalCount: candidateCap });
  });

  it.each(["", " ", "-", '"', '""--', "\\", "...", "!?", " \u0000 ", "x".repeat(201), "x ".repeat(50_000)])(
    "refuses the words %j",
    async (query) => {
      expect(await codeOf({ query })).toBe("BAD_USER_INPUT");
    },
  );

  it("takes every character as data", async () => {
    await fakeProduct(models, { name: "Heavy-Duty clamp" });
    await fakeProduct(models, { name: "Größe Öse 5µ" });
    await fakeProduct(models, { name: "螺栓 M8" });
    await fakeProduct(models, { name: "$price tag" });
    // A hyphen negates and quotes make phrases, unless they are taken for spaces.
    expect(await namesOf({ query: "heavy-duty" })).toEqual(["Heavy-Duty clamp"]);
    expect(await namesOf({ query: "-clamp" })).toEqual(["Heavy-Duty clamp"]);
    expect(await namesOf({ query: '"clamp duty"' })).toEqual(["Heavy-Duty clamp"]);
    expect(await namesOf({ query: "GROSSE öse" })).toEqual(["Größe Öse 5µ"]);
    expect(await namesOf({ query: "螺栓" })).toEqual(["螺栓 M8"]);
    expect(await namesOf({ query: "$price" })).toEqual(["$price tag"]);
    for (const query of ['{"$gt":""}', "a".repeat(200), "\ud800x", "x\u0000y", "(?:a+)+$", "%s%n"]) {
      expect(await codeOf({ query })).toBeUndefined();
    }
  });
});
