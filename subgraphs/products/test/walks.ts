// What keyset-walk.integration.ts walks through: lists, and documents whose sort keys are mostly equal.
import { type BaseDocument } from "@tradegraph/kit/model";
import { seedRandom } from "@tradegraph/kit/seed-random";
import { Types } from "mongoose";
import { categoryDocument, euro, priceListDocument, priceListEntryDocument, productDocument } from "./fakes.ts";

export type Document = BaseDocument & Record<string, unknown>;
export type Key = string | number | Date;
export type Collection = "products" | "categories" | "priceLists" | "entries";

export interface Walk {
  name: string;
  /** `Type.field` of the schema. */
  connection: string;
  collection: Collection;
  /** Selection around `%`, where the page's arguments and fields go. */
  query: string;
  variables?: Record<string, unknown>;
  pageSize: number;
  matches: (document: Document) => boolean;
  key: (document: Document) => Key;
  direction: 1 | -1;
}

export const random = seedRandom("walk", "documents", 1);
export const top = new Types.ObjectId();
export const middle = new Types.ObjectId();
const supplier = new Types.ObjectId();
const parent = new Types.ObjectId();
export const list = new Types.ObjectId();
const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));
let serial = 0;

/** Many ties: a handful of values for every sort key. */
export const make: Record<Collection, () => Document> = {
  products() {
    const isHere = random.chance(20);
    const path = isHere ? [top, middle] : [top, new Types.ObjectId()];
    return productDocument({
      name: `${random.pick(["Anchor", "bolt", "Bolt", "Crate", "Ünit"])} ${random.below(4)}${random.chance(6) ? " valve" : ""}`,
      description: random.pick(["of steel", "of steel, with a valve", "of oak"]).slice(0, random.chance(90) ? 8 : 30),
      price: euro(random.below(8) * 100),
      createdAt: day(random.below(10)),
      updatedAt: day(random.below(10)),
      categoryId: path.at(-1) ?? top,
      categoryPath: path,
      supplierId: random.chance(10) ? supplier : new Types.ObjectId(),
      brand: random.pick(["Norvik", "Tessel", "Halden"]),
      tags: random.chance(50) ? ["new", "bulk"] : ["new"],
      isActive: !random.chance(5),
    }) as unknown as Document;
  },
  categories: () =>
    categoryDocument({
      parentId: random.chance(50) ? parent : null,
      sortOrder: random.below(6),
      isActive: !random.chance(10),
    }) as unknown as Document,
  priceLists: () => priceListDocument({ priority: random.below(5) }) as unknown as Document,
  entries() {
    serial += 1;
    const priceListId = random.chance(80) ? list : new Types.ObjectId();
    return priceListEntryDocument({ priceListId, minimumQuantity: serial }) as unknown as Document;
  },
};

const active = ({ isActive }: Document) => isActive === true;
const text = (document: Document) => `${String(document.name)} ${String(document.description)}`;
const inMiddle = ({ categoryPath }: Document) => (categoryPath as Types.ObjectId[]).some((id) => id.equals(middle));
const ofSupplier = ({ supplierId }: Document) => (supplierId as Types.ObjectId).equals(supplier);

export const sortKeys: Record<string, (document: Document) => Key> = {
  NAME: ({ nameSort }) => nameSort as string,
  PRICE: ({ price }) => (price as { amount: number }).amount,
  CREATED_AT: ({ createdAt }) => createdAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
};

const filters: [string, object, (document: Document) => boolean][] = [
  ["all", {}, active],
  ["a category", { categoryId: middle.toHexString() }, (one) => active(one) && inMiddle(one)],
  ["a supplier", { supplierId: supplier.toHexString() }, (one) => active(one) && ofSupplier(one)],
  [
    "category and supplier",
    { categoryId: top.toHexString(), supplierId: supplier.toHexString() },
    (one) => active(one) && ofSupplier(one),
  ],
  [
    "brands, prices and tags",
    { brands: ["Norvik", "Tessel"], priceMin: 100, priceMax: 500, tags: ["bulk", "new"] },
    (one) =>
      active(one) &&
      one.brand !== "Halden" &&
      (one.price as { amount: number }).amount >= 100 &&
      (one.price as { amount: number }).amount <= 500 &&
      (one.tags as string[]).includes("bulk"),
  ],
];

const ofProducts = { connection: "Query.products", collection: "products", pageSize: 100 } as const;
const nodes = "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount";
const productsQuery = `query ($first: Int, $after: String, $last: Int, $before: String, $query: String, $filter: ProductFilter, $sort: ProductSort) {
  page: products(first: $first, after: $after, last: $last, before: $before, query: $query, filter: $filter, sort: $sort) { ${nodes} }
}`;
const pageArguments = "first: $first, after: $after, last: $last, before: $before";
const pageVariables = "$first: Int, $after: String, $last: Int, $before: String";

const sorts = Object.entries(sortKeys).flatMap(([key, keyOf]) =>
  (["ASC", "DESC"] as const).map((direction) => ({
    label: `${key} ${direction}`,
    sort: { key, direction },
    key: keyOf,
    direction: direction === "ASC" ? (1 as const) : (-1 as const),
  })),
);

export const walks: Walk[] = [
  ...sorts.flatMap(({ label, sort, key, direction }) => [
    ...filters.map(([of, filter, matches]) => ({
      ...ofProducts,
      name: `products of ${of} by ${label}`,
      query: productsQuery,
      variables: { filter, sort },
      matches,
      key,
      direction,
    })),
    {
      ...ofProducts,
      name: `products found by words, by ${label}`,
      query: productsQuery,
      variables: { query: "valve", sort },
      pageSize: 20,
      matches: (one: Document) => active(one) && text(one).includes("valve"),
      key,
      direction,
    },
    {
      name: `products of Category.products by ${label}`,
      connection: "Category.products",
      collection: "products" as const,
      query: `query (${pageVariables}, $sort: ProductSort) { category(by: { id: "${middle.toHexString()}" }) { page: products(${pageArguments}, sort: $sort) { ${nodes} } } }`,
      variables: { sort },
      pageSize: 90,
      matches: (one: Document) => active(one) && inMiddle(one),
      key,
      direction,
    },
  ]),
  {
    ...ofProducts,
    name: "products found by words, by relevance",
    query: productsQuery,
    variables: { query: "valve" },
    pageSize: 20,
    matches: (one) => active(one) && text(one).includes("valve"),
    // Scores are not known here: equal keys leave only completeness and uniqueness to check.
    key: () => 0,
    direction: -1,
  },
  {
    name: "products of User.suppliedProducts",
    connection: "User.suppliedProducts",
    collection: "products",
    query: `query (${pageVariables}, $representations: [_Any!]!) { _entities(representations: $representations) { ... on User { page: suppliedProducts(${pageArguments}) { ${nodes} } } } }`,
    variables: { representations: [{ __typename: "User", id: supplier.toHexString() }] },
    pageSize: 30,
    matches: (one) => active(one) && ofSupplier(one),
    key: ({ updatedAt }) => updatedAt,
    direction: -1,
  },
  ...[undefined, parent].map((id): Walk => ({
    name: id ? "categories below a parent" : "categories at the top",
    connection: "Query.categories",
    collection: "categories",
    query: `query (${pageVariables}, $parentId: ID) { page: categories(${pageArguments}, parentId: $parentId) { ${nodes} } }`,
    variables: { parentId: id?.toHexString() },
    pageSize: 15,
    matches: (one) => active(one) && String(one.parentId) === String(id ?? null),
    key: ({ sortOrder }) => sortOrder as number,
    direction: 1,
  })),
  {
    name: "price lists",
    connection: "Query.priceLists",
    collection: "priceLists",
    query: `query (${pageVariables}) { page: priceLists(${pageArguments}) { ${nodes} } }`,
    pageSize: 15,
    matches: () => true,
    key: ({ priority }) => priority as number,
    direction: -1,
  },
  {
    name: "prices of a list",
    connection: "PriceList.entries",
    collection: "entries",
    query: `query (${pageVariables}, $representations: [_Any!]!) { _entities(representations: $representations) { ... on PriceList { page: entries(${pageArguments}) { nodes { minimumQuantity } ${nodes.replace("nodes { id }", "")} } } } }`,
    variables: { representations: [{ __typename: "PriceList", id: list.toHexString() }] },
    pageSize: 15,
    matches: ({ priceListId }) => (priceListId as Types.ObjectId).equals(list),
    key: ({ _id }) => _id.toHexString(),
    direction: 1,
  },
];
