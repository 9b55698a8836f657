import { anonymousViewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { type CartDocument } from "../src/models/cart.ts";
import { euro, fakeCart, fakeViewer, newId } from "./fakes.ts";
import { codesOf, startOrders } from "./start-orders.ts";

const orders = startOrders();

const companyId = newId();
const company = companyId.toHexString();
const owner = fakeViewer("customer", { companyId: company });
const colleague = fakeViewer("customer", { companyId: company });
const stranger = fakeViewer("customer", { companyId: newId().toHexString() });
const visitor = anonymousViewer(testTenant);
const viewers = {
  owner,
  colleague,
  admin: fakeViewer("admin"),
  stranger,
  supplier: fakeViewer("supplier", { companyId: company }),
  visitor,
  elsewhere: fakeViewer("admin", { tenantId: "other-shop" }),
};
const mayRead = ["owner", "colleague", "admin"];

let cart: CartDocument;

beforeAll(async () => {
  cart = await fakeCart(orders.models, {
    ownerId: owner.id,
    companyId,
    lines: [
      { _id: newId(), productId: newId(), quantity: 3, unitPrice: euro(250) },
      { _id: newId(), productId: newId(), quantity: 1, unitPrice: euro(1) },
    ],
  });
  await fakeCart(orders.models, { ownerId: owner.id, isOpen: false });
});

const query = `query ($id: ID) { cart(id: $id) { id nodeId version currencyCode subtotal { amount } company { id }
  expiresAt lines { id quantity product { id } unitPriceSnapshot { amountMinor } lineTotal { amount } } } }`;
const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Cart { id } ... on CartLine { id quantity product { id } } } }`;

describe("cart", () => {
  it("is the viewer's open one", async () => {
    await expect(orders.subgraph.expectData({ query, viewer: owner })).resolves.toEqual({
      cart: {
        id: cart._id.toHexString(),
        nodeId: Buffer.from(`Cart:${cart._id.toHexString()}`).toString("base64url"),
        version: 1,
        currencyCode: "EUR",
        subtotal: { amount: "7.51" },
        company: { id: company },
        expiresAt: cart.expiresAt.toISOString(),
        lines: [3, 1].map((quantity, index) => ({
          id: cart.lines[index]?._id.toHexString(),
          quantity,
          product: { id: cart.lines[index]?.productId.toHexString() },
          unitPriceSnapshot: { amountMinor: index === 0 ? 250 : 1 },
          lineTotal: { amount: index === 0 ? "7.50" : "0.01" },
        })),
      },
    });
  });

  it("is null for who has none", async () => {
    await expect(orders.subgraph.expectData({ query, viewer: colleague })).resolves.toEqual({ cart: null });
  });

  it("asks visitors to sign in", async () => {
    const answer = await orders.subgraph.execute({ query, viewer: visitor });
    expect(codesOf(answer)).toEqual(["UNAUTHENTICATED"]);
  });

  it("refuses an id that is none", async () => {
    const answer = await orders.subgraph.execute({ query, variables: { id: "nonsense" }, viewer: owner });
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
  });

  it.each(Object.keys(viewers) as (keyof typeof viewers)[])(
    "is shown to %s by id, by reference and by line only when theirs",
    async (name) => {
      const viewer = viewers[name];
      const id = cart._id.toHexString();
      const direct = await orders.subgraph.execute<{ cart: unknown }>({ query, variables: { id }, viewer });
      const representations = [
        { __typename: "Cart", id },
        { __typename: "CartLine", id: cart.lines[1]?._id.toHexString() },
      ];
      const { _entities } = await orders.subgraph.expectData<{ _entities: unknown[] }>({
        query: entities,
        variables: { representations },
        viewer,
      });
      expect([direct.data?.cart, ..._entities].map((found) => found !== null)).toEqual(
        Array.from({ length: 3 }, () => mayRead.includes(name)),
      );
    },
  );

  it("resolves 100 lines by their ids with one command, from an index", async () => {
    const carts = await Promise.all(
      Array.from({ length: 20 }, () =>
        fakeCart(orders.models, {
          companyId,
          lines: Array.from({ length: 5 }, () => ({
            _id: newId(),
            productId: newId(),
            quantity: 1,
            unitPrice: euro(1),
          })),
        }),
      ),
    );
    const ids = carts.flatMap(({ lines }) => lines.map(({ _id }) => _id.toHexString()));
    const representations = ids.map((id) => ({ __typename: "CartLine", id }));
    const client = orders.resources.mongo.connection.getClient();
    const { result, commands } = await captureQueries(client, () =>
      commandsOf(orders.resources.mongo, () =>
        orders.subgraph.expectData<{ _entities: { id: string }[] }>({
          query: entities,
          variables: { representations },
          viewer: owner,
        }),
      ),
    );
    expect(result.result._entities.map(({ id }) => id)).toEqual(ids);
    expect(result.commands).toEqual([{ name: "find", collection: "carts" }]);
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
  });

  it("cannot be open twice for one owner", async () => {
    await expect(fakeCart(orders.models, { ownerId: owner.id })).rejects.toThrow("E11000");
  });
});
