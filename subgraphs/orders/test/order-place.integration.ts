import { setTimeout as sleep } from "node:timers/promises";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { type GraphQLAnswer, testTenant } from "@tradegraph/testkit/test-subgraph";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { type OrderDocument } from "../src/models/order.ts";
import { sealedPlaces } from "../src/models/sealed-places.ts";
import { openAddress } from "../src/sealed-address.ts";
import { fakeViewer, newId } from "./fakes.ts";
import { fakeStockedProduct, stockOf } from "./fake-products.ts";
import { codesOf, startShop } from "./start-orders.ts";

const shop = startShop();

const address = { street: "Hafenstrasse 1", city: "Hamburg", zip: "20457", country: "DE" };
const mutation = `mutation ($key: String!, $input: OrderPlaceInput!) { orderPlace(input: $input) @idempotent(key: $key) {
  order { id number status paymentStatus approvalStatus totalAmount { amountMinor currencyCode } company { id }
    items { product { id } productName sku quantity price { amount } lineTotal { amount } } }
  userErrors { __typename message field ... on InsufficientStockError { productId requested available }
    ... on QuantityRuleError { minimum maximum increment } ... on ProductUnavailableError { productId } } } }`;

interface Placed {
  orderPlace: {
    order: { id: string; number: string; totalAmount: { amountMinor: number } } | null;
    userErrors: { __typename: string; message: string; field: string[]; available?: number }[];
  } | null;
}

const newKey = () => newId().toHexString();
const inputFor = (lines: { productId: string; quantity: number }[], overrides: object = {}) => ({
  lines,
  shippingAddress: address,
  paymentMethod: "INVOICE",
  ...overrides,
});

const place = (viewer: Viewer, input: object, key = newKey()) =>
  shop.subgraph.execute<Placed>({ query: mutation, variables: { key, input }, viewer });

/** As a client does: the same request again while another is at work, a bounded number of times. */
async function placePatiently(viewer: Viewer, input: object, key: string): Promise<GraphQLAnswer<Placed>> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await place(viewer, input, key);
    if (!answer.errors?.some(({ extensions }) => extensions.retryable === true)) return answer;
    await sleep(20);
  }
  throw new Error("Still in conflict after 100 attempts.");
}

const stored = (id: string | undefined) =>
  shop.models.Order.collection.findOne({ _id: new Types.ObjectId(id) }) as Promise<OrderDocument | null>;

describe("orderPlace", () => {
  it("orders at the prices of the moment, sets the stock aside and tells it in the same document", async () => {
    const bolt = await fakeStockedProduct(shop.products.models, 50, { price: { amount: 1_999, currency: "EUR" } });
    const nut = await fakeStockedProduct(shop.products.models, 50, { price: { amount: 5, currency: "EUR" } });
    const buyer = fakeViewer("customer", { companyId: newId().toHexString(), scopes: ["orders:place"] });
    const input = inputFor(
      [
        { productId: bolt._id.toHexString(), quantity: 3 },
        { productId: nut._id.toHexString(), quantity: 7 },
      ],
      { notes: " Gate 3. ", purchaseOrderNumber: "PO-1", billingAddress: { ...address, state: " Hamburg " } },
    );
    const answer = await place(buyer, input);
    const placed = answer.data?.orderPlace;
    expect(answer.errors).toBeUndefined();
    expect(placed).toMatchObject({
      order: {
        status: "PENDING",
        paymentStatus: "UNPAID",
        approvalStatus: "NOT_REQUIRED",
        totalAmount: { amountMinor: 3 * 1_999 + 7 * 5, currencyCode: "EUR" },
        company: { id: buyer.companyId },
        items: [
          {
            productName: bolt.name,
            sku: bolt.sku,
            quantity: 3,
            price: { amount: "19.99" },
            lineTotal: { amount: "59.97" },
          },
          { productName: nut.name, quantity: 7, lineTotal: { amount: "0.35" } },
        ],
      },
      userErrors: [],
    });
    expect(placed?.order?.number).toMatch(/^A-\d{4}-\d{6}$/);
    const order = await stored(placed?.order?.id);
    expect(order).toMatchObject({
      tenantId: testTenant,
      customerId: buyer.id,
      notes: "Gate 3.",
      hasOutbox: true,
      outbox: [{ type: "order.placed" }],
      history: [{ status: "pending", actorId: buyer.id }],
      sagaState: "reserved",
      version: 1,
    });
    const billing = { ...sealedPlaces.billingAddress, tenantId: testTenant };
    await expect(openAddress(testCipher, order!.billingAddress!, billing)).resolves.toEqual({
      ...address,
      state: "Hamburg",
    });
    expect(order?.items[0]?.supplierId).toEqual(bolt.supplierId);
    await expect(stockOf(shop.products.models, bolt._id)).resolves.toEqual({ onHand: 50, reserved: 3, available: 47 });
  });

  it("charges the prices agreed with the buyer's company", async () => {
    const bolt = await fakeStockedProduct(shop.products.models, 50);
    const companyId = newId();
    await runForTenant(testTenant, async () => {
      const list = await shop.products.models.PriceList.create({
        name: "Agreed",
        priority: 1,
        companyIds: [companyId],
      });
      await shop.products.models.PriceListEntry.create({
        priceListId: list._id,
        productId: bolt._id,
        minimumQuantity: 1,
        price: { amount: 700, currency: "EUR" },
      });
    });
    const input = inputFor([{ productId: bolt._id.toHexString(), quantity: 2 }]);
    const member = fakeViewer("customer", { companyId: companyId.toHexString(), scopes: ["orders:place"] });
    expect((await place(member, input)).data?.orderPlace?.order?.totalAmount.amountMinor).toBe(1_400);
    expect((await place(fakeViewer("customer"), input)).data?.orderPlace?.order?.totalAmount.amountMinor).toBe(2_000);
  });

  it.each([
    ["visitors", anonymousViewer(testTenant), "UNAUTHENTICATED"],
    ["suppliers", fakeViewer("supplier"), "FORBIDDEN"],
    ["staff", fakeViewer("admin"), "FORBIDDEN"],
    ["members without the permission", fakeViewer("customer", { companyId: newId().toHexString() }), "FORBIDDEN"],
  ] as const)("is refused to %s", async (_, viewer, code) => {
    const answer = await place(viewer, inputFor([{ productId: newKey(), quantity: 1 }]));
    expect(answer.data).toEqual({ orderPlace: null });
    expect(codesOf(answer)).toEqual([code]);
  });

  it.each(["short", "has blanks in it", "x".repeat(65)])("refuses the key %j", async (key) => {
    const answer = await place(fakeViewer("customer"), inputFor([{ productId: newKey(), quantity: 1 }]), key);
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
  });

  it("refuses a field without @idempotent", async () => {
    const answer = await shop.subgraph.execute({
      query: "mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { order { id } } }",
      variables: { input: inputFor([{ productId: newKey(), quantity: 1 }]) },
      viewer: fakeViewer("customer"),
    });
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
    expect(answer.errors?.[0]?.message).toContain("@idempotent");
  });

  it("refuses a product id that is none", async () => {
    const answer = await place(fakeViewer("customer"), inputFor([{ productId: "nonsense", quantity: 1 }]));
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
  });

  it("says what to change, line by line, and lets the same key try again", async () => {
    const boxed = await fakeStockedProduct(shop.products.models, 50, { moq: 10, increment: 5, maxQuantity: 40 });
    const gone = await fakeStockedProduct(shop.products.models, 50, { isActive: false });
    const few = await fakeStockedProduct(shop.products.models, 3);
    const dollars = await fakeStockedProduct(shop.products.models, 9, { price: { amount: 1, currency: "USD" } });
    const viewer = fakeViewer("customer");
    const key = newKey();
    const line = ({ _id }: { _id: Types.ObjectId }, quantity: number) => ({ productId: _id.toHexString(), quantity });
    const errorsOf = async (input: object) => (await place(viewer, input, key)).data?.orderPlace?.userErrors;

    await expect(errorsOf(inputFor([line(gone, 1), line(boxed, 12)]))).resolves.toMatchObject([
      { __typename: "ProductUnavailableError", field: ["input", "lines", "0", "productId"] },
      {
        __typename: "QuantityRuleError",
        field: ["input", "lines", "1", "quantity"],
        minimum: 10,
        maximum: 40,
        increment: 5,
      },
    ]);
    await expect(errorsOf(inputFor([line(few, 1), line(dollars, 1)]))).resolves.toMatchObject([
      { __typename: "InvalidInputError", field: ["input", "lines"] },
    ]);
    await expect(errorsOf(inputFor([line(boxed, 10), line(few, 4)]))).resolves.toMatchObject([
      { __typename: "InsufficientStockError", field: ["input", "lines", "1", "quantity"], requested: 4, available: 3 },
    ]);
    await expect(
      errorsOf(inputFor([], { shippingAddress: { ...address, country: "Germany" } })),
    ).resolves.toMatchObject([
      { __typename: "InvalidInputError", field: ["input", "lines"] },
      { __typename: "InvalidInputError", field: ["input", "shippingAddress", "country"] },
    ]);
    // Nothing was held back by the attempts, and the key is free.
    await expect(stockOf(shop.products.models, boxed._id)).resolves.toMatchObject({ reserved: 0, available: 50 });
    const answer = await place(viewer, inputFor([line(boxed, 10), line(few, 3)]), key);
    expect(answer.data?.orderPlace?.userErrors).toEqual([]);
  });

  it("sells 10 units to exactly 10 of 50 buyers at once", async () => {
    const bolt = await fakeStockedProduct(shop.products.models, 10);
    const input = inputFor([{ productId: bolt._id.toHexString(), quantity: 1 }]);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => placePatiently(fakeViewer("customer"), input, newKey())),
    );
    const placed = answers.flatMap(({ data }) => data?.orderPlace?.order ?? []);
    const short = answers.filter(
      ({ data }) => data?.orderPlace?.userErrors[0]?.__typename === "InsufficientStockError",
    );
    expect(placed).toHaveLength(10);
    expect(short).toHaveLength(40);
    expect(new Set(placed.map(({ number }) => number)).size).toBe(10);
    await expect(stockOf(shop.products.models, bolt._id)).resolves.toEqual({ onHand: 10, reserved: 10, available: 0 });
    await expect(shop.models.Order.collection.countDocuments({ "items.productId": bolt._id })).resolves.toBe(10);
  });

  it("makes one order of 50 equal requests at once, and gives it to all", async () => {
    const bolt = await fakeStockedProduct(shop.products.models, 10);
    const viewer = fakeViewer("customer");
    const input = inputFor([{ productId: bolt._id.toHexString(), quantity: 2 }]);
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 50 }, () => placePatiently(viewer, input, key)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.data?.orderPlace?.userErrors).toEqual([]);
    await expect(shop.models.Order.collection.countDocuments({ customerId: viewer.id })).resolves.toBe(1);
    await expect(stockOf(shop.products.models, bolt._id)).resolves.toEqual({ onHand: 10, reserved: 2, available: 8 });
  });

  it("refuses a key with other input, and keeps keys of two people apart", async () => {
    const bolt = await fakeStockedProduct(shop.products.models, 10);
    const [first, second] = [fakeViewer("customer"), fakeViewer("customer")];
    const input = inputFor([{ productId: bolt._id.toHexString(), quantity: 1 }]);
    const key = newKey();
    const order = (await place(first, input, key)).data?.orderPlace?.order;
    const other = await place(first, { ...input, notes: "Something else." }, key);
    expect(codesOf(other)).toEqual(["BAD_USER_INPUT"]);
    expect(other.errors?.[0]?.message).toContain("other input");
    expect((await place(first, input, key)).data?.orderPlace?.order?.id).toBe(order?.id);
    expect((await place(second, input, key)).data?.orderPlace?.order?.id).not.toBe(order?.id);
  });
});
