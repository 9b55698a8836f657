// Every connection of this subgraph, in every order, walked page by page while documents come and go: whatever survives
// the walk is seen exactly once, in order.
import { type GraphQLEnumType, isObjectType } from "graphql";
import { type Model } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSchema } from "../src/schema.ts";
import { categoryDocument, fakeViewer, priceListDocument, store } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";
import {
  type Collection,
  type Document,
  type Key,
  list,
  make,
  middle,
  random,
  sortKeys,
  top,
  type Walk,
  walks,
} from "./walks.ts";

interface Page {
  nodes: Record<string, unknown>[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount: number | null;
}

const sizes: Record<Collection, number> = { products: 5_000, categories: 400, priceLists: 300, entries: 400 };
const live: Record<Collection, Map<string, Document>> = {
  products: new Map(),
  categories: new Map(),
  priceLists: new Map(),
  entries: new Map(),
};

let subgraph: StartedProducts;
let modelOf: Record<Collection, Model<Document>>;

/** Prices have no id of their own in the graph; their minimum quantities differ here. */
const nameOf = (collection: Collection, document: Document) =>
  collection === "entries" ? String(document.minimumQuantity) : document._id.toHexString();

async function add(collection: Collection, count: number): Promise<void> {
  const documents = Array.from({ length: count }, make[collection]);
  await store(modelOf[collection], documents);
  for (const document of documents) live[collection].set(nameOf(collection, document), document);
}

/** Takes documents away, and puts new ones at random places of the order. */
async function disturb(collection: Collection, everything: Map<string, Document>, gone: Set<string>): Promise<void> {
  const names = [...live[collection].keys()];
  for (let n = 0; n < 2; n += 1) {
    const name = random.pick(names);
    const document = live[collection].get(name);
    if (!document) continue;
    await modelOf[collection].collection.deleteOne({ _id: document._id });
    live[collection].delete(name);
    gone.add(name);
  }
  await add(collection, 2);
  for (const [name, document] of live[collection]) everything.set(name, document);
}

beforeAll(async () => {
  subgraph = await startProducts();
  const { Product, Category, PriceList, PriceListEntry } = subgraph.models;
  modelOf = { products: Product, categories: Category, priceLists: PriceList, entries: PriceListEntry } as never;
  for (const [collection, size] of Object.entries(sizes)) await add(collection as Collection, size);
  await store(subgraph.models.Category, [categoryDocument({ _id: middle, parentId: top })]);
  await store(subgraph.models.PriceList, [priceListDocument({ _id: list, priority: -1 })]);
  live.priceLists.set(list.toHexString(), { _id: list, priority: -1 } as unknown as Document);
});

afterAll(() => subgraph.stop());

const admin = fakeViewer("admin");

/** The page stands somewhere in the answer. */
function findPage(data: unknown): Page {
  for (const [name, value] of Object.entries(data as Record<string, unknown>)) {
    if (name === "page") return value as Page;
    if (typeof value === "object" && value !== null) return findPage(Array.isArray(value) ? value[0] : value);
  }
  throw new Error(`No page in ${JSON.stringify(data)}`);
}

async function readPage(walk: Walk, page: object): Promise<Page> {
  const { query, variables } = walk;
  return findPage(await subgraph.expectData({ query, variables: { ...variables, ...page }, viewer: admin }));
}

async function walkThrough(walk: Walk, backward: boolean) {
  const everything = new Map(live[walk.collection]);
  const before = [...everything].filter(([, document]) => walk.matches(document)).map(([name]) => name);
  const gone = new Set<string>();
  const seen: string[] = [];
  const { pageSize: size } = walk;
  let page = await readPage(walk, backward ? { last: size } : { first: size });
  expect(page.totalCount).toBe(before.length);
  for (;;) {
    const names = page.nodes.map(({ id, minimumQuantity }) => String(id ?? minimumQuantity));
    seen.push(...(backward ? names.reverse() : names));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backward ? hasPreviousPage : hasNextPage)) break;
    await disturb(walk.collection, everything, gone);
    page = await readPage(walk, backward ? { last: size, before: startCursor } : { first: size, after: endCursor });
  }
  return { seen, survivors: before.filter((name) => !gone.has(name)), everything };
}

const compare = (a: Key, b: Key) => (a < b ? -1 : a > b ? 1 : 0);

describe.each(walks)("$name", (walk) => {
  it.each([false, true])("are each seen once, in order (backward: %s)", async (backward) => {
    const { seen, survivors, everything } = await walkThrough(walk, backward);
    expect(survivors.length).toBeGreaterThan(walk.pageSize);
    expect(new Set(seen).size).toBe(seen.length);
    expect(survivors.filter((name) => !seen.includes(name))).toEqual([]);

    const documents = seen.map((name) => everything.get(name));
    expect(documents.filter((document) => !document || !walk.matches(document))).toEqual([]);
    const direction = walk.direction * (backward ? -1 : 1);
    const misplaced = documents.filter((document, n) => {
      const previous = documents[n - 1];
      if (!previous || !document) return false;
      const byKey = compare(walk.key(previous), walk.key(document));
      const byId = walk.variables?.query === undefined ? compare(String(previous._id), String(document._id)) : 0;
      return (byKey || byId) * direction > 0;
    });
    expect(misplaced).toEqual([]);
  });
});

describe("the walks above", () => {
  const schema = createSchema();

  it("cover every connection", () => {
    const connections = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => /Connection!?$/.test(String(field.type)))
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
    expect([...new Set(walks.map(({ connection }) => connection))].sort()).toEqual(connections.sort());
  });

  it("cover every sort key", () => {
    const keys = (schema.getType("ProductSortKey") as GraphQLEnumType).getValues().map(({ name }) => name);
    expect([...Object.keys(sortKeys), "RELEVANCE"].sort()).toEqual(keys.sort());
  });
});
