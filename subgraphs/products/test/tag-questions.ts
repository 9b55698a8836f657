// Questions for cache-tags.integration.ts: whatever the catalogue shows.
import { type Execution } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { type Models } from "../src/models.ts";
import {
  euro,
  fakeCategory,
  fakeInventory,
  fakePriceList,
  fakePriceListEntry,
  fakeProduct,
  fakeStore,
  fakeViewer,
} from "./fakes.ts";

/** Takes one of a list by a number from fast-check. */
export const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

export const brands = ["Anker", "Bolt & Co", "Crane"];
export const words = ["steel", "copper", "anchor", "hinge"];
export const tagNames = ["new", "bulk"];

export type World = Awaited<ReturnType<typeof createWorld>>;

/** A small shop in a tenant of its own. */
export async function createWorld(models: Models, tenantId: string, seed: readonly number[]) {
  const at = (n: number) => seed[n % seed.length] ?? 0;
  const category = async (n: number, parentId: Types.ObjectId | null = null) =>
    fakeCategory(models, { tenantId, parentId, ancestors: parentId ? [parentId] : [], sortOrder: at(n) % 5 });
  const top = await category(1);
  const categories = [top, await category(2, top._id), await category(3, top._id)];
  const supplierId = top._id;
  const products = await Promise.all(
    [0, 1, 2, 3, 4].map((n) => {
      const own = pick(categories, at(n));
      return fakeProduct(models, {
        tenantId,
        supplierId,
        name: `${pick(words, at(n + 1))} ${pick(words, at(n + 2))} ${n}`,
        brand: pick(brands, at(n + 3)),
        price: euro(100 + (at(n + 4) % 900)),
        categoryId: own._id,
        categoryPath: [...own.ancestors, own._id],
        tags: [pick(tagNames, at(n + 5))],
        inStock: at(n + 6) % 2 === 0,
        isActive: at(n + 7) % 4 !== 0,
        updatedAt: new Date(1_700_000_000_000 + (at(n + 8) % 1_000) * 1_000),
      });
    }),
  );
  const stores = await Promise.all(
    [0, 1].map((n) =>
      fakeStore(models, { tenantId, location: { type: "Point", coordinates: [10 + (at(n) % 3), 50 + n] } }),
    ),
  );
  const shelves = await Promise.all(
    products.map(({ _id }, n) => fakeInventory(models, _id, at(n) % 20, { tenantId, storeId: pick(stores, n)._id })),
  );
  const companyIds = products.slice(0, 2).map(({ _id }) => _id);
  const lists = await Promise.all(
    [0, 1].map((n) => fakePriceList(models, { tenantId, priority: n, companyIds: [pick(companyIds, at(n))] })),
  );
  const entries = await Promise.all(
    products.slice(0, 3).map(({ _id }, n) =>
      fakePriceListEntry(models, {
        tenantId,
        productId: _id,
        priceListId: pick(lists, at(n))._id,
        price: euro(50 + n),
      }),
    ),
  );
  return { models, tenantId, categories, products, stores, shelves, companyIds, lists, entries, supplierId };
}

export const hex = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();

const productFields = `id name description brand unit qualityGrade tags leadTime isActive postAs version updatedAt
  supplier { id } category { id name } price(quantity: 2) { amountMinor } priceTiers { minimumQuantity } quantityRule { minimum maximum }
  stock { available isInStock }`;

/** One question. @param n numbers from fast-check, at least six */
export function question(world: World, n: readonly [number, number, number, number, number, number]): Execution {
  const { tenantId, products, categories, stores, companyIds, shelves, lists } = world;
  const admin = fakeViewer("admin", { tenantId });
  const buyer = fakeViewer("customer", { tenantId, companyId: pick(companyIds, n[1]).toHexString() });
  const viewer = pick(
    [{ ...buyer }, { ...buyer, companyId: undefined }, { ...admin, companyId: buyer.companyId }],
    n[1],
  );
  const product = pick(products, n[2]);
  const category = pick(categories, n[3]);
  const direction = pick(["ASC", "DESC"], n[4]);
  const filters = [
    `categoryId: "${hex(category)}"`,
    `brands: ["${pick(brands, n[3])}"]`,
    `priceMin: ${n[4] % 900}`,
    `inStock: ${n[4] % 2 === 0}`,
    `tags: ["${pick(tagNames, n[4])}"]`,
    `supplierId: "${world.supplierId.toHexString()}"`,
  ];
  const filter = `filter: { ${pick(filters, n[2])}, ${pick(filters, n[2] + 1 + (n[5] % 5))} }`;
  const connection = `{ nodes { ${productFields} } totalCount pageInfo { hasNextPage } }`;
  const references = {
    query: `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Product { ${productFields} inventory { id available onHand store { name } } }
      ... on Category { name slug parent { name } ancestors { name } children { name } products(first: 2) { nodes { name } totalCount } }
      ... on Store { name latitude }
      ... on Inventory { available reserved store { name } }
      ... on PriceList { name priority entries(first: 3) { nodes { minimumQuantity price { amountMinor } product { name } } totalCount } }
      ... on User { suppliedProducts(first: 3) { nodes { name } totalCount } }
      ... on CartLine { currentUnitPrice { amountMinor } availability { isAvailable available } } } }`,
    variables: {
      r: [
        { __typename: "Product", id: hex(product) },
        { __typename: "Product", id: hex(pick(products, n[3])) },
        { __typename: "Product", sku: pick(products, n[4]).sku },
        { __typename: "Product", id: "0".repeat(24) },
        { __typename: "Category", id: hex(category) },
        { __typename: "Category", slug: pick(categories, n[5]).slug },
        { __typename: "Store", id: hex(pick(stores, n[5])) },
        { __typename: "Inventory", id: hex(pick(shelves, n[5])) },
        { __typename: "PriceList", id: hex(pick(lists, n[5])) },
        { __typename: "User", id: world.supplierId.toHexString() },
        { __typename: "CartLine", id: "1", quantity: 1 + (n[4] % 5), product: { id: hex(product) } },
      ],
    },
    viewer: pick([admin, viewer], n[0]),
  };
  const questions: Execution[] = [
    {
      query: `{ a: product(by: { id: "${hex(product)}" }) { ${productFields} } b: product(by: { sku: "${pick(products, n[3]).sku}" }) { ${productFields} } }`,
      viewer,
    },
    {
      query: `{ products(first: 2, ${filter}, sort: { key: ${pick(["NAME", "PRICE", "UPDATED_AT", "CREATED_AT"], n[5])}, direction: ${direction} }) ${connection} }`,
      viewer,
    },
    { query: `{ products(query: "${pick(words, n[5])}", first: 3) ${connection} }`, viewer },
    {
      query: `{ products(query: "${pick(words, n[5])}", ${filter}, sort: { key: PRICE, direction: ${direction} }) { nodes { name } totalCount } }`,
      viewer,
    },
    {
      query: `{ category(by: { slug: "${category.slug}" }) { name children { name products(first: 1) { nodes { name } totalCount } } } categories { nodes { name sortOrder } totalCount } }`,
      viewer,
    },
    {
      query: `{ storesNear(latitude: 50, longitude: 10, radiusKm: ${100 + (n[4] % 200)}) { name city latitude } }`,
      viewer,
    },
    {
      query: `{ priceLists(first: 1) { nodes { name companies { id } entries(first: 2) { nodes { minimumQuantity price { amountMinor } } totalCount } } totalCount } }`,
      viewer: admin,
    },
    references,
    references,
  ];
  return pick(questions, n[0]);
}
