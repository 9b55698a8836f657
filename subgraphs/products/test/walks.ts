// What keyset-walk.integration.ts walks through: documents whose sort keys are mostly equal, and every list of them.
import { seedRandom } from "@tradegraph/kit/seed-random";
import { ordersBy, type Walk, type WalkedOrder } from "@tradegraph/testkit/keyset-walk";
import { randomId, type WalkedCollection, type WalkedDocument } from "@tradegraph/testkit/walked-documents";
import { Types } from "mongoose";
import {
  categoryDocument,
  euro,
  fakeViewer,
  priceListDocument,
  priceListEntryDocument,
  productDocument,
} from "./fakes.ts";

export type Collection = "products" | "categories" | "priceLists" | "entries";

const random = seedRandom("keyset-walk", "products", 1);
const admin = fakeViewer("admin");
const top = new Types.ObjectId();
const middle = new Types.ObjectId();
const supplier = new Types.ObjectId();
const parent = new Types.ObjectId();
const list = new Types.ObjectId();
const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));
let serial = 0;

/** Many ties: a handful of values for every sort key. */
export const collections: Record<Collection, Omit<WalkedCollection, "model">> = {
  products: {
    size: 5_000,
    make() {
      const isHere = random.chance(20);
      const path = isHere ? [top, middle] : [top, new Types.ObjectId()];
      return {
        ...productDocument({
          _id: randomId(),
          name: `${random.pick(["Anchor", "bolt", "Bolt", "Crate", "Ünit"])} ${random.below(4)}${random.chance(6) ? " valve" : ""}`,
          description: random
            .pick(["of steel", "of steel, with a valve", "of oak"])
            .slice(0, random.chance(90) ? 8 : 30),
          price: euro(random.below(8) * 100),
          createdAt: day(random.below(10)),
          updatedAt: day(random.below(10)),
          categoryId: path.at(-1) ?? top,
          categoryPath: path,
          supplierId: random.chance(10) ? supplier : new Types.ObjectId(),
          brand: random.pick(["Norvik", "Tessel", "Halden"]),
          tags: random.chance(50) ? ["new", "bulk"] : ["new"],
          isActive: !random.chance(5),
        }),
      };
    },
  },
  categories: {
    size: 5_000,
    // Its parent is not among those walked through.
    lasting: [{ ...categoryDocument({ _id: middle, parentId: top }) }],
    make: () => ({
      ...categoryDocument({
        _id: randomId(),
        parentId: random.chance(50) ? parent : null,
        sortOrder: random.below(6),
        isActive: !random.chance(10),
      }),
    }),
  },
  priceLists: {
    size: 5_000,
    lasting: [{ ...priceListDocument({ _id: list, priority: -1 }) }],
    make: () => ({ ...priceListDocument({ _id: randomId(), priority: random.below(5) }) }),
  },
  entries: {
    size: 5_000,
    // Prices have no id of their own in the graph; their minimum quantities differ here.
    nameField: "minimumQuantity",
    make() {
      serial += 1;
      const priceListId = random.chance(80) ? list : new Types.ObjectId();
      return { ...priceListEntryDocument({ _id: randomId(), priceListId, minimumQuantity: serial }) };
    },
  },
};

const active = ({ isActive }: WalkedDocument) => isActive === true;
const text = (document: WalkedDocument) => `${String(document.name)} ${String(document.description)}`;
const inMiddle = ({ categoryPath }: WalkedDocument) =>
  (categoryPath as Types.ObjectId[]).some((id) => id.equals(middle));
const ofSupplier = ({ supplierId }: WalkedDocument) => (supplierId as Types.ObjectId).equals(supplier);

const byUpdate: WalkedOrder["key"] = ({ updatedAt }) => updatedAt;
const sorts = ordersBy({
  NAME: ({ nameSort }) => nameSort as string,
  PRICE: ({ price }) => (price as { amount: number }).amount,
  CREATED_AT: ({ createdAt }) => createdAt,
  UPDATED_AT: byUpdate,
});

const filters: [string, object, (document: WalkedDocument) => boolean][] = [
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

const ofProducts = { connection: "Query.products", collection: "products", viewer: admin, pageSize: 100 } as const;
const ofCategory = {
  ...ofProducts,
  connection: "Category.products",
  of: middle,
  matches: (one: WalkedDocument) => active(one) && inMiddle(one),
  pageSize: 90,
};
const found = {
  ...ofProducts,
  matches: (one: WalkedDocument) => active(one) && text(one).includes("valve"),
  pageSize: 50,
};
/** Scores are not known here: completeness and uniqueness are left to check. */
const byScore = { key: () => 0, direction: -1, tiesById: false } as const;

export const walks: Walk<Collection>[] = [
  ...sorts.flatMap(({ by, sort, order }): Walk<Collection>[] => [
    ...filters.map(([of, filter, matches]) => ({
      ...ofProducts,
      ...order,
      name: `products of ${of} ${by}`,
      arguments: { filter, sort },
      matches,
    })),
    { ...found, ...order, name: `products found by words, ${by}`, arguments: { query: "valve", sort } },
    { ...ofCategory, ...order, name: `products of Category.products ${by}`, arguments: { sort } },
  ]),
  { ...ofProducts, name: "products as they come", matches: active, key: byUpdate, direction: -1 },
  { ...ofCategory, name: "products of Category.products as they come", key: byUpdate, direction: -1 },
  { ...found, ...byScore, name: "products found by words", arguments: { query: "valve" } },
  ...(["ASC", "DESC"] as const).map((direction): Walk<Collection> => ({
    ...found,
    ...byScore,
    name: `products found by words, by RELEVANCE ${direction}`,
    arguments: { query: "valve", sort: { key: "RELEVANCE", direction } },
  })),
  ...[true, false].map((isOwn): Walk<Collection> => ({
    ...ofProducts,
    name: `products of User.suppliedProducts for ${isOwn ? "the supplier" : "others"}`,
    connection: "User.suppliedProducts",
    of: supplier,
    viewer: isOwn ? fakeViewer("supplier", { userId: supplier.toHexString() }) : fakeViewer("supplier"),
    pageSize: 30,
    matches: (one) => (isOwn || active(one)) && ofSupplier(one),
    key: byUpdate,
    direction: -1,
  })),
  ...[undefined, parent].map((id): Walk<Collection> => ({
    name: id ? "categories below a parent" : "categories at the top",
    connection: "Query.categories",
    ...(id && { arguments: { parentId: id.toHexString() } }),
    viewer: admin,
    collection: "categories",
    pageSize: 100,
    matches: (one) => active(one) && String(one.parentId) === String(id ?? null),
    key: ({ sortOrder }) => sortOrder as number,
    direction: 1,
  })),
  {
    name: "price lists",
    connection: "Query.priceLists",
    viewer: admin,
    collection: "priceLists",
    pageSize: 100,
    matches: () => true,
    key: ({ priority }) => priority as number,
    direction: -1,
  },
  {
    name: "prices of a list",
    connection: "PriceList.entries",
    of: list,
    viewer: admin,
    collection: "entries",
    pageSize: 100,
    matches: ({ priceListId }) => (priceListId as Types.ObjectId).equals(list),
    key: ({ _id }) => _id.toHexString(),
    direction: 1,
  },
];
