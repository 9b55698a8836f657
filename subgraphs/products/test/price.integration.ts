import { Types } from "mongoose";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Models } from "../src/models.ts";
import { type ProductDocument } from "../src/models/product.ts";
import { euro, fakePriceList, fakePriceListEntry, fakeProduct, fakeViewer, stockService } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;
let models: Models;
let product: ProductDocument;
const company = new Types.ObjectId();
const buyer = fakeViewer("customer", { companyId: company.toHexString() });

beforeAll(async () => {
  subgraph = await startProducts();
  ({ models } = subgraph);
  product = await fakeProduct(models, {
    originalPrice: euro(1_200),
    tiers: [
      { minimumQuantity: 10, amount: 900 },
      { minimumQuantity: 100, amount: 600 },
    ],
  });
  const high = await fakePriceList(models, { priority: 9, companyIds: [new Types.ObjectId(), company] });
  const low = await fakePriceList(models, { priority: 1, companyIds: [company] });
  const others = await fakePriceList(models, { priority: 99, companyIds: [new Types.ObjectId()] });
  const entry = (list: { _id: Types.ObjectId }, minimumQuantity: number, amount: number, more: object = {}) =>
    fakePriceListEntry(models, {
      priceListId: list._id,
      productId: product._id,
      minimumQuantity,
      price: euro(amount),
      ...more,
    });
  await entry(high, 5, 850);
  await entry(low, 1, 950);
  await entry(low, 5, 700);
  await entry(others, 1, 1);
  await entry(low, 50, 2, { tenantId: "other" });
});

afterAll(() => subgraph.stop());

const priceQuery =
  "query ($id: ID!, $quantity: Int) { product(by: { id: $id }) { price(quantity: $quantity) { amount } } }";

async function priceOf(quantity: number, viewer = buyer): Promise<string> {
  const variables = { id: product._id.toHexString(), quantity };
  const data = await subgraph.expectData<{ product: { price: { amount: string } } }>({
    query: priceQuery,
    variables,
    viewer,
  });
  return data.product.price.amount;
}

describe("Product.price", () => {
  it.each([
    [1, "10.00"],
    [9, "10.00"],
    [10, "9.00"],
    [100, "6.00"],
  ])("of %i units is the tier's for a visitor and for a company without an agreement", async (quantity, amount) => {
    for (const viewer of [
      fakeViewer("anonymous", { userId: undefined }),
      fakeViewer("customer"),
      fakeViewer("customer", { companyId: new Types.ObjectId().toHexString() }),
    ]) {
      expect(await priceOf(quantity, viewer)).toBe(amount);
    }
  });

  it.each([
    [1, "9.50"],
    [4, "9.50"],
    [5, "8.50"],
    [10, "8.50"],
    [100, "6.00"],
  ])("of %i units is the agreed one of the highest list, unless the tier is lower", async (quantity, amount) => {
    expect(await priceOf(quantity)).toBe(amount);
  });

  it("lists tiers at list prices, for everybody alike", async () => {
    const query = `{ product(by: { id: "${String(product._id)}" }) { originalPrice { amountMinor } priceTiers { minimumQuantity price { amountMinor } } } }`;
    expect(await subgraph.expectData({ query, viewer: buyer })).toEqual({
      product: {
        originalPrice: { amountMinor: 1_200 },
        priceTiers: [
          { minimumQuantity: 1, price: { amountMinor: 1_000 } },
          { minimumQuantity: 10, price: { amountMinor: 900 } },
          { minimumQuantity: 100, price: { amountMinor: 600 } },
        ],
      },
    });
  });

  it.each([0, -1, 1_000_001])("refuses %i units", async (quantity) => {
    const answer = await subgraph.execute({
      query: priceQuery,
      variables: { id: product._id.toHexString(), quantity },
    });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: ["quantity"] });
  });

  it("of a page of products is looked up with two commands more for a company, not two each", async () => {
    for (let n = 0; n < 20; n += 1) await fakeProduct(models);
    const query = "{ products(first: 20) { nodes { price { amount } } } }";
    const { commands } = await commandsOf(subgraph.resources.mongo, () =>
      subgraph.expectData({ query, viewer: buyer }),
    );
    expect(commands.map(({ collection }) => collection)).toEqual(["products", "priceLists", "priceListEntries"]);
  });
});

describe("productOffers", () => {
  const query = `query ($lines: [ProductOfferInput!]!) { productOffers(lines: $lines) {
    productId isAvailable sku name supplierId unitPrice { amountMinor } quantityRule { minimum maximum increment } } }`;
  const offers = (lines: object[], viewer = stockService) => subgraph.execute({ query, variables: { lines }, viewer });

  it("gives the facts of an order line at the company's price", async () => {
    const viewer = { ...stockService, companyId: company.toHexString() };
    const { data } = await offers([{ productId: product._id.toHexString(), quantity: 5 }], viewer);
    expect(data).toEqual({
      productOffers: [
        {
          productId: product._id.toHexString(),
          isAvailable: true,
          sku: product.sku,
          name: product.name,
          supplierId: product.supplierId.toHexString(),
          unitPrice: { amountMinor: 850 },
          quantityRule: { minimum: 1, maximum: null, increment: 1 },
        },
      ],
    });
  });

  it("keeps the order of the lines and has nothing to say of what cannot be bought", async () => {
    const inactive = await fakeProduct(models, { isActive: false });
    const wanted = await fakeProduct(models, { postAs: "buyer" });
    const foreign = await fakeProduct(models, { tenantId: "other" });
    const ids = [inactive._id, product._id, wanted._id, foreign._id, "nonsense"].map(String);
    const { data } = await offers(ids.map((productId) => ({ productId, quantity: 1 })));
    const answered = (data as { productOffers: { productId: string; isAvailable: boolean; sku: string | null }[] })
      .productOffers;
    expect(answered.map(({ productId }) => productId)).toEqual(ids);
    expect(answered.map(({ isAvailable }) => isAvailable)).toEqual([false, true, false, false, false]);
    expect(answered.map(({ sku }) => sku)).toEqual([null, product.sku, null, null, null]);
  });

  it.each([
    [0, 1],
    [101, 1],
    [1, 0],
    [1, -1],
    [1, 1_000_001],
  ])("refuses %i lines of %i units", async (count, quantity) => {
    const lines = Array.from({ length: count }, () => ({ productId: product._id.toHexString(), quantity }));
    expect((await offers(lines)).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});

describe("a partner", () => {
  const partner = (...scopes: string[]) =>
    fakeViewer("partner", { userId: undefined, companyId: company.toHexString(), scopes });

  it("gets the prices of its company with catalogue:read, and list prices without", async () => {
    expect(await priceOf(1, partner("catalogue:read"))).toBe(await priceOf(1));
    const listPrice = await priceOf(1, fakeViewer("customer"));
    expect(await priceOf(1)).not.toBe(listPrice);
    for (const who of [partner(), partner("orders:read-all")]) expect(await priceOf(1, who)).toBe(listPrice);
  });
});
