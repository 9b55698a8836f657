// What a partner's key reaches: the orders of its company, and nothing else of it.
import { type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { fakeCart, fakeOrder, fakeQuote, fakeViewer, newId } from "./fakes.ts";
import { codesOf, startOrders } from "./start-orders.ts";

const orders = startOrders();

const companyId = newId();
const buyer = fakeViewer("customer", { companyId: companyId.toHexString() });
const partner: Viewer = {
  ...{ tenantId: testTenant, role: "partner", companyId: companyId.toHexString(), scopes: ["orders:read-all"] },
};
const withoutScope: Viewer = { ...partner, scopes: ["catalogue:read"] };
const numbers: string[] = [];

beforeAll(async () => {
  for (let n = 0; n < 3; n += 1)
    numbers.push((await fakeOrder(orders.models, { customerId: buyer.id, companyId })).number);
  await fakeOrder(orders.models, { companyId: newId() });
  await fakeOrder(orders.models, { customerId: buyer.id });
});

const numbersOf = (list: { nodes: { number: string }[] }) => list.nodes.map(({ number }) => number).sort();

describe("a partner", () => {
  it("lists the orders of its company with orders:read-all, and none without", async () => {
    const query = "{ orders(first: 10) { totalCount nodes { number } } }";
    interface List {
      orders: { totalCount: number; nodes: { number: string }[] };
    }
    const list = await orders.subgraph.expectData<List>({ query, viewer: partner });
    expect([numbersOf(list.orders), list.orders.totalCount]).toEqual([numbers, 3]);
    for (const viewer of [withoutScope, { ...partner, companyId: undefined }]) {
      const none = await orders.subgraph.expectData<List>({ query, viewer });
      expect(none.orders).toEqual({ nodes: [], totalCount: 0 });
    }
  });

  it("reads them from the company too, but neither its credit nor another company's orders", async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Company { orders(first: 10) { nodes { number } } availableCredit { amount } } } }`;
    const of = (id: string) => ({ __typename: "Company", id, creditLimit: { amountMinor: 5, currencyCode: "EUR" } });
    const ask = (viewer: Viewer, id = companyId.toHexString()) =>
      orders.subgraph.execute<{
        _entities: [{ orders: { nodes: { number: string }[] } | null; availableCredit: null }];
      }>({
        ...{ query, variables: { representations: [of(id)] }, viewer },
      });
    const own = await ask(partner);
    expect(own.data && numbersOf(own.data._entities[0].orders ?? { nodes: [] })).toEqual(numbers);
    expect([own.data?._entities[0].availableCredit, codesOf(own)]).toEqual([null, ["FORBIDDEN"]]);
    for (const refused of [await ask(withoutScope), await ask(partner, newId().toHexString())]) {
      expect(refused.data?._entities[0]).toEqual({ orders: null, availableCredit: null });
      expect(codesOf(refused)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    }
  });

  it("reaches no cart and no quote of it, by no way", async () => {
    const cart = await fakeCart(orders.models, { ownerId: buyer.id, companyId });
    const quote = await fakeQuote(orders.models, { customerId: buyer.id, companyId });
    const direct = await orders.subgraph.execute({
      query:
        "query ($cart: ID!, $quote: ID!) { cart(id: $cart) { id } quote(id: $quote) { id } quotes { nodes { id } } }",
      variables: { cart: cart._id.toHexString(), quote: quote._id.toHexString() },
      viewer: partner,
    });
    expect(direct.data).toEqual({ cart: null, quote: null, quotes: null });
    expect(codesOf(direct)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    const representations = [
      { __typename: "Cart", id: cart._id.toHexString() },
      { __typename: "CartLine", id: cart.lines[0]?._id.toHexString() },
      { __typename: "Quote", id: quote._id.toHexString() },
    ];
    const entities = await orders.subgraph.expectData({
      query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Cart { id } ... on CartLine { id } ... on Quote { id } } }`,
      variables: { representations },
      viewer: partner,
    });
    expect(entities).toEqual({ _entities: [null, null, null] });
  });

  it("orders nothing", async () => {
    const input = {
      lines: [{ productId: newId().toHexString(), quantity: 1 }],
      shippingAddress: { street: "Kai 1", city: "Hamburg", zip: "20457", country: "DE" },
      paymentMethod: "INVOICE",
    };
    const answer = await orders.subgraph.execute({
      query: `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) @idempotent(key: "12345678") { order { id } } }`,
      variables: { input },
      viewer: { ...partner, scopes: ["orders:place", "orders:read-all"] },
    });
    expect(codesOf(answer)).toEqual(["FORBIDDEN"]);
  });
});
