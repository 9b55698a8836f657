// Every query that requests cause, explained by the database on seeded data: index scans, and no sort in memory but that
// of the capped candidates of a text search.
import { createSeedPlan, type SeedPlan } from "@tradegraph/kit/seed-plan";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sweepReservations } from "../src/commands/sweep-reservations.ts";
import { seed } from "../src/seed.ts";
import { candidateCap } from "../src/queries/search-products.ts";
import { fakeViewer, stockService } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;
let plan: SeedPlan;

const client = () => subgraph.resources.mongo.connection.getClient();

beforeAll(async () => {
  subgraph = await startProducts();
  plan = createSeedPlan({ tenantId: testTenant, today: new Date("2026-06-01T00:00:00Z") });
  await seed({ connection: subgraph.resources.mongo.connection, plan, report: () => undefined });
}, 60_000);

afterAll(() => subgraph.stop());

interface Listing {
  products: { pageInfo: { startCursor: string | null; endCursor: string | null }; totalCount: number | null };
}

const productsQuery = `query ($first: Int, $after: String, $last: Int, $before: String, $query: String, $filter: ProductFilter, $sort: ProductSort) {
  products(first: $first, after: $after, last: $last, before: $before, query: $query, filter: $filter, sort: $sort) {
    nodes { id } pageInfo { startCursor endCursor } totalCount
  }
}`;

/** The first page, the one after it, and the one before that. */
async function threePages(variables: object): Promise<void> {
  const read = (page: object) =>
    subgraph.expectData<Listing>({ query: productsQuery, variables: { ...variables, ...page } });
  const { endCursor } = (await read({ first: 5 })).products.pageInfo;
  if (!endCursor) return;
  const { startCursor } = (await read({ first: 5, after: endCursor })).products.pageInfo;
  if (startCursor) await read({ last: 5, before: startCursor });
}

const sorts = ["NAME", "PRICE", "CREATED_AT", "UPDATED_AT"].flatMap((key) =>
  ["ASC", "DESC"].map((direction) => ({ key, direction })),
);

/** Each condition alone, each with category and with supplier, and all together. */
function filters(): object[] {
  const { category, supplier, brand } = plan.product(7);
  const conditions = {
    categoryId: plan.id("category", category).toHexString(),
    supplierId: plan.id("user", supplier).toHexString(),
    brands: [brand, "Tessel"],
    priceMin: 50_000,
    priceMax: 150_000,
    inStock: true,
    postAs: "SELLER",
    tags: ["indoor"],
    qualityGrades: ["A", "B"],
  };
  const { categoryId, supplierId } = conditions;
  const single = Object.entries(conditions).map(([name, value]) => ({ [name]: value }));
  const combined = single.flatMap((one) => [one, { ...one, categoryId }, { ...one, supplierId }]);
  return [{}, ...combined, conditions];
}

/** Nothing is checked beside the index: no condition, or only category or supplier. */
const isBounded = (filter: object) =>
  Object.keys(filter).length < 2 && Object.keys(filter).every((name) => /^(category|supplier)Id$/.test(name));

describe("queries of the products connection", () => {
  it.each(sorts)("scan an index and never sort, by $key $direction", async (sort) => {
    const { commands } = await captureQueries(client(), async () => {
      for (const filter of filters()) await threePages({ filter, sort });
    });
    expect(commands.length).toBeGreaterThan(80);
    expect(commands.filter(({ aggregate }) => aggregate).length).toBeGreaterThan(20);
    expect(await explainProblems(client(), commands)).toEqual([]);
  });

  it.each(sorts)(
    "read little more than they return within a category or a supplier's range, by $key $direction",
    async (sort) => {
      const { commands } = await captureQueries(client(), async () => {
        for (const filter of filters().filter(isBounded)) await threePages({ filter, sort });
      });
      expect(await explainProblems(client(), commands, { maxKeysPerResult: 2 })).toEqual([]);
    },
  );

  it("sort at most the candidates of a text search", async () => {
    const { commands } = await captureQueries(client(), async () => {
      for (const sort of [undefined, ...sorts])
        for (const filter of filters()) await threePages({ filter, sort, query: "steel valve" });
    });
    expect(await explainProblems(client(), commands)).toEqual([]);
    // The cap is what makes the difference.
    const problems = await explainProblems(client(), commands, { candidateCap: candidateCap - 1 });
    expect(problems[0]).toMatch(/^sort in memory/);
  });
});

describe("all other queries", () => {
  it("scan an index and never sort", async () => {
    const [admin, supplier] = ["admin", "supplier"].map((role) =>
      fakeViewer(role as "admin", { companyId: plan.id("company", 0).toHexString() }),
    );
    const id = (kind: Parameters<SeedPlan["id"]>[0], n: number | string) => plan.id(kind, n).toHexString();
    const { sku } = plan.product(3);
    const page = "(first: 5) { nodes { id } totalCount pageInfo { endCursor } }";
    const operations = [
      `{ product(by: { id: "${id("product", 3)}" }) { price(quantity: 20) stock { available } inventory { id store { id } } category { ancestors { id } children { id } products${page} } } }`,
      `{ product(by: { sku: "${sku}" }) { id } }`,
      `{ category(by: { slug: "fasteners-0" }) { children { id products${page} } } categories${page} below: categories(parentId: "${id("category", 0)}", first: 5) { nodes { id } totalCount } }`,
      `{ storesNear(latitude: 50, longitude: 8, radiusKm: 2000) { id } }`,
      `{ priceLists(first: 2) { nodes { id companies { id } entries(first: 5) { nodes { product { id } } totalCount pageInfo { endCursor } } } totalCount pageInfo { endCursor } } }`,
    ].map((query) => ({ query: query.replace("price(quantity: 20)", "price(quantity: 20) { amount }") }));
    const references = [
      ...[1, 2, 3].map((n) => ({ __typename: "Product", id: id("product", n) })),
      ...[4, 5].map((n) => ({ __typename: "Product", sku: plan.product(n).sku })),
      { __typename: "Category", id: id("category", 1) },
      { __typename: "Category", slug: "fittings-1" },
      { __typename: "Store", id: id("store", 1) },
      { __typename: "PriceList", id: id("priceList", 1) },
      { __typename: "Inventory", id: id("inventory", "3:3") },
      { __typename: "User", id: id("user", plan.product(7).supplier) },
      { __typename: "CartLine", id: "1", quantity: 3, product: { id: id("product", 9) } },
    ];
    const entities = {
      query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Product { price { amount } } ... on Category { name } ... on Store { name } ... on PriceList { name entries { nodes { minimumQuantity } } }
        ... on Inventory { available } ... on User { suppliedProducts { nodes { id } } } ... on CartLine { currentUnitPrice { amount } availability { available } } } }`,
      variables: { representations: references },
    };
    const offers = {
      query: "query ($lines: [ProductOfferInput!]!) { productOffers(lines: $lines) { unitPrice { amount } } }",
      variables: { lines: [{ productId: id("product", 9), quantity: 10 }] },
    };
    const reserve = {
      query: "mutation ($input: StockReserveInput!) { stockReserve(input: $input) { reserved } }",
      variables: {
        input: {
          key: "explained-1",
          expiresAt: new Date(Date.now() + 60_000),
          lines: [{ productId: id("product", 9), quantity: 1 }],
        },
      },
    };
    const end = (name: string) => ({ query: `mutation { ${name}(key: "explained-1") { units } }` });
    const { commands } = await captureQueries(client(), async () => {
      for (const operation of operations) await subgraph.expectData({ ...operation, viewer: admin });
      for (const viewer of [admin, supplier]) await subgraph.execute({ ...entities, viewer });
      for (const operation of [offers, reserve, end("stockConfirm"), end("stockRelease")])
        await subgraph.expectData({ ...operation, viewer: stockService });
      await sweepReservations(subgraph.models);
    });
    const touched = new Set(commands.map((command) => String(command.find ?? command.aggregate ?? command.update)));
    expect([...touched].sort()).toEqual([
      "categories",
      "inventory",
      "priceListEntries",
      "priceLists",
      "products",
      "stores",
    ]);
    expect(await explainProblems(client(), commands)).toEqual([]);
  });

  it("are found when they scan a collection or sort", async () => {
    const products = subgraph.resources.mongo.connection.collection("products");
    const { commands } = await captureQueries(client(), async () => {
      await products.find({ unit: "kg" }).toArray();
      await products.find({ tenantId: testTenant, isActive: true }).sort({ unit: 1 }).limit(3).toArray();
      await products.find({ tenantId: testTenant }).hint({ category: 1 }).limit(3).toArray();
    });
    const problems = await explainProblems(client(), commands);
    expect(problems.map((problem) => problem.split(":")[0])).toEqual([
      "no index",
      "collection scan",
      "sort in memory",
      "scan of the whole index category_1",
    ]);
  });
});
