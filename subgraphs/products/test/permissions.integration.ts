// Who sees what, each rule from both sides, through queries and through `_entities`.
import { type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Models } from "../src/models.ts";
import { type InventoryDocument } from "../src/models/inventory.ts";
import { type PriceListDocument } from "../src/models/price-list.ts";
import { type ProductDocument } from "../src/models/product.ts";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import {
  fakeInventory,
  fakePriceList,
  fakePriceListEntry,
  fakeProduct,
  fakeStore,
  fakeViewer,
  inventoryDocument,
  productDocument,
  stockService,
  store,
} from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;
let models: Models;
let product: ProductDocument;
let shelf: InventoryDocument;
let priceList: PriceListDocument;

const supplierId = new Types.ObjectId();
const viewers = {
  anonymous: fakeViewer("anonymous", { userId: undefined }),
  customer: fakeViewer("customer"),
  // An id alone makes nobody a supplier.
  "a customer with the supplier's id": fakeViewer("customer", { userId: supplierId.toHexString() }),
  supplier: fakeViewer("supplier", { userId: supplierId.toHexString() }),
  "another supplier": fakeViewer("supplier"),
  admin: fakeViewer("admin"),
  "the order service": stockService,
  "another service": { ...stockService, scopes: ["mail"] },
  "staff of the catalogue": fakeViewer("admin", { scopes: ["staff:catalogue"] }),
  "staff of orders": fakeViewer("admin", { scopes: ["staff:orders"] }),
  "an admin with the scope of a service": fakeViewer("admin", { scopes: ["stock"] }),
  "a partner": fakeViewer("partner", { userId: undefined, scopes: ["catalogue:read"] }),
} satisfies Record<string, Viewer>;
type Who = keyof typeof viewers;
const everybody = Object.keys(viewers) as Who[];

beforeAll(async () => {
  subgraph = await startProducts();
  ({ models } = subgraph);
  product = await fakeProduct(models, { supplierId });
  const { _id: storeId } = await fakeStore(models);
  shelf = await fakeInventory(models, product._id, 7, { storeId });
  priceList = await fakePriceList(models);
  await fakePriceListEntry(models, { priceListId: priceList._id, productId: product._id });
});

afterAll(() => subgraph.stop());

const codes = { anonymous: "UNAUTHENTICATED" } as Partial<Record<Who, string>>;

/** What an operation gives each of the viewers. */
const asEach = async (execution: { query: string; variables?: Record<string, unknown> }) =>
  Promise.all(
    everybody.map(async (who) => ({ who, ...(await subgraph.execute({ ...execution, viewer: viewers[who] })) })),
  );

const entity = (typename: string, _id: Types.ObjectId, selection: string) => ({
  query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typename} { ${selection} } } }`,
  variables: { representations: [{ __typename: typename, id: _id.toHexString() }] },
});

describe("Product.inventory", () => {
  const seers: Who[] = ["supplier", "admin", "staff of the catalogue"];

  it("is for staff and the product's supplier, null with an error for others", async () => {
    const selection = "sku inventory { id onHand reserved available store { name } }";
    const direct = { query: `{ product(by: { id: "${String(product._id)}" }) { ${selection} } }` };
    for (const execution of [direct, entity("Product", product._id, selection)]) {
      for (const { who, data, errors } of await asEach(execution)) {
        const found = (data?.product ?? (data?._entities as unknown[])[0]) as { sku: string; inventory: unknown };
        expect(found.sku, who).toBe(product.sku);
        if (seers.includes(who)) {
          expect(errors, who).toBeUndefined();
          expect(found.inventory, who).toMatchObject([{ id: shelf._id.toHexString(), onHand: 7, available: 7 }]);
        } else {
          expect(found.inventory, who).toBeNull();
          expect(errors?.[0]?.extensions.code, who).toBe(codes[who] ?? "FORBIDDEN");
        }
      }
    }
  });

  it("is not reached further by `_entities` of Inventory", async () => {
    for (const { who, data } of await asEach(entity("Inventory", shelf._id, "onHand store { name }"))) {
      const [found] = data?._entities as unknown[];
      if (seers.includes(who)) expect(found, who).toMatchObject({ onHand: 7 });
      else expect(found, who).toBeNull();
    }
  });

  it("gives a supplier only its own of 100 shelves, with two commands", async () => {
    const products = await store(
      models.Product,
      Array.from({ length: 100 }, (_, n) => productDocument(n % 2 ? {} : { supplierId })),
    );
    const shelves = await store(
      models.Inventory,
      products.map(({ _id }) => inventoryDocument(_id, 1)),
    );
    const representations = shelves.map(({ _id }) => ({ __typename: "Inventory", id: _id.toHexString() }));
    const { query } = entity("Inventory", shelf._id, "onHand");
    const { result, commands } = await commandsOf(subgraph.resources.mongo, () =>
      subgraph.expectData<{ _entities: unknown[] }>({
        query,
        variables: { representations },
        viewer: viewers.supplier,
      }),
    );
    expect(result._entities.map((found) => found !== null)).toEqual(products.map((_, n) => n % 2 === 0));
    expect(commands.map(({ collection }) => collection)).toEqual(["inventory", "products"]);
  });

  it("is nothing of another shop, for its staff either", async () => {
    const viewer = fakeViewer("admin", { tenantId: "other" });
    const answer = await subgraph.expectData({ ...entity("Inventory", shelf._id, "onHand"), viewer });
    expect(answer).toEqual({ _entities: [null] });
    const direct = { query: `{ product(by: { id: "${String(product._id)}" }) { id } }`, viewer };
    expect(await subgraph.expectData(direct)).toEqual({ product: null });
  });
});

describe("price lists", () => {
  const staff: Who[] = ["admin", "staff of the catalogue"];
  const selection = "name priority companies { id } entries { nodes { minimumQuantity price { amount } } }";

  it("are for staff", async () => {
    for (const { who, data, errors } of await asEach({ query: `{ priceLists { nodes { ${selection} } } }` })) {
      if (staff.includes(who)) expect(data, who).toMatchObject({ priceLists: { nodes: [{ name: priceList.name }] } });
      else {
        expect(data, who).toEqual({ priceLists: null });
        expect(errors?.[0]?.extensions.code, who).toBe(codes[who] ?? "FORBIDDEN");
      }
    }
  });

  it("are not even counted for others", async () => {
    for (const { who, data } of await asEach({ query: "{ priceLists { totalCount } }" })) {
      expect(data, who).toEqual({ priceLists: staff.includes(who) ? { totalCount: 1 } : null });
    }
  });

  it("are not reached further by `_entities`", async () => {
    for (const { who, data } of await asEach(entity("PriceList", priceList._id, selection))) {
      const [found] = data?._entities as unknown[];
      if (staff.includes(who)) expect(found, who).toMatchObject({ name: priceList.name });
      else expect(found, who).toBeNull();
    }
  });
});

describe("what only the order service may", () => {
  const line = () => ({ productId: product._id.toHexString(), quantity: 1 });
  const operations = {
    productOffers: () => ({
      query: "query ($lines: [ProductOfferInput!]!) { productOffers(lines: $lines) { isAvailable } }",
      variables: { lines: [line()] },
    }),
    stockReserve: () => ({
      query: "mutation ($input: StockReserveInput!) { stockReserve(input: $input) { reserved } }",
      variables: {
        input: { key: "permission-1", expiresAt: new Date(Date.now() + 60_000), lines: [line()] },
      },
    }),
    stockConfirm: () => ({ query: 'mutation { stockConfirm(key: "permission-2") { units } }' }),
    stockRelease: () => ({ query: 'mutation { stockRelease(key: "permission-2") { units } }' }),
  };

  it.each(Object.keys(operations) as (keyof typeof operations)[])("%s", async (field) => {
    for (const { who, data, errors } of await asEach(operations[field]())) {
      if (who === "the order service") {
        expect(errors, who).toBeUndefined();
        expect(data?.[field], who).not.toBeNull();
      } else {
        expect(data, who).toEqual({ [field]: null });
        expect(errors?.[0]?.extensions.code, who).toBe(codes[who] ?? "FORBIDDEN");
      }
    }
  });

  it("was refused before anything moved", async () => {
    const found = await models.Inventory.collection.findOne({ _id: shelf._id });
    expect(found).toMatchObject({ reserved: 1, available: 6 });
  });
});

describe("the catalogue", () => {
  it("is for everybody", async () => {
    const query = `{ product(by: { id: "${String(product._id)}" }) { sku price { amount } stock { available } supplier { id } }
      products { totalCount } categories { totalCount } storesNear(latitude: 53, longitude: 10, radiusKm: 200) { name } }`;
    for (const { who, errors } of await asEach({ query })) expect(errors, who).toBeUndefined();
  });
});
