// An approver's word on an order above its buyer's limit.
import { anonymousViewer, serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { beforeEach, describe, expect, it } from "vitest";
import { orderApprove } from "../src/commands/order-approve.ts";
import { type OrderDocument } from "../src/models/order.ts";
import { type ProductsService } from "../src/products-service.ts";
import { type UsersService } from "../src/users-service.ts";
import { euro, fakeOrder, fakeViewer, newId, type PlainOrder } from "./fakes.ts";
import { fakeStockedProduct, stockOf } from "./fake-products.ts";
import { codesOf, startShop } from "./start-orders.ts";

const shop = startShop();

const mutation = `mutation ($input: OrderApproveInput!) { orderApprove(input: $input) {
  order { id status approvalStatus version history { status actor { id } reason } }
  userErrors { __typename message field ... on InvalidTransitionError { current } } } }`;

interface Answer {
  orderApprove: { order: Record<string, unknown> | null; userErrors: Record<string, unknown>[] } | null;
}

const companyId = newId();
const member = (...scopes: string[]) => fakeViewer("customer", { companyId: companyId.toHexString(), scopes });
const approver = member("orders:place", "orders:read-all", "orders:approve");
const buyer = member("orders:place");

let order: OrderDocument;

beforeEach(async () => {
  order = await waiting();
});

const waiting = (overrides: PlainOrder = {}) =>
  fakeOrder(shop.models, { customerId: buyer.id, companyId, approvalStatus: "pending", ...overrides });

const say = (approve: boolean, viewer: Viewer = approver, more: object = {}) =>
  shop.subgraph.execute<Answer>({
    query: mutation,
    variables: { input: { id: order._id.toHexString(), approve, ...more } },
    viewer,
  });

const stored = (id: Types.ObjectId = order._id) =>
  shop.models.Order.collection.findOne({ _id: id }) as Promise<OrderDocument | null>;

/** Places an order above the limit, so that units are set aside for it. */
async function placedAboveLimit() {
  const product = await fakeStockedProduct(shop.products.models, 10);
  shop.users.rules.set(buyer.userId, { limit: euro(0), period: "MONTH" });
  const answer = await shop.subgraph.expectData<{ orderPlace: { order: { id: string } } }>({
    query: `mutation ($key: String!, $input: OrderPlaceInput!) {
      orderPlace(input: $input) @idempotent(key: $key) { order { id } } }`,
    variables: {
      key: newId().toHexString(),
      input: {
        lines: [{ productId: product._id.toHexString(), quantity: 4 }],
        shippingAddress: { street: "Hafenstrasse 1", city: "Hamburg", zip: "20457", country: "DE" },
        paymentMethod: "INVOICE",
      },
    },
    viewer: buyer,
  });
  const found = await stored(new shop.models.Order.base.Types.ObjectId(answer.orderPlace.order.id));
  if (!found) throw new Error("unreachable");
  return { placed: found, stock: () => stockOf(shop.products.models, product._id) };
}

describe("orders that wait", () => {
  it("are what an approver asks for", async () => {
    const calledOff = await waiting({ status: "cancelled" });
    const query = `query ($awaits: Boolean) { orders(first: 100, filter: { awaitsApproval: $awaits }) {
      totalCount nodes { id approvalStatus } } }`;
    const ask = (awaits: boolean) =>
      shop.subgraph.expectData<{ orders: { totalCount: number; nodes: { id: string; approvalStatus: string }[] } }>({
        query,
        variables: { awaits },
        viewer: approver,
      });
    const [yes, no] = [(await ask(true)).orders, (await ask(false)).orders];
    expect(yes.nodes.map(({ id }) => id)).toContain(order._id.toHexString());
    expect(new Set(yes.nodes.map(({ approvalStatus }) => approvalStatus))).toEqual(new Set(["PENDING"]));
    expect(yes.nodes.map(({ id }) => id)).not.toContain(calledOff._id.toHexString());
    expect(no.nodes.map(({ id }) => id)).toContain(calledOff._id.toHexString());
    expect(no.nodes.map(({ id }) => id)).not.toContain(order._id.toHexString());
    expect(yes.totalCount).toBe(yes.nodes.length);
  });
});

describe("orderApprove", () => {
  it("approves, with a line of history and a word for others in the same update", async () => {
    const answer = await say(true, approver, { version: 1, reason: " Fine with me. " });
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.orderApprove).toMatchObject({
      order: { status: "PENDING", approvalStatus: "APPROVED", version: 2 },
      userErrors: [],
    });
    expect(await stored()).toMatchObject({
      history: [{}, { status: "pending", actorId: approver.id, reason: "Fine with me." }],
      hasOutbox: true,
      outbox: [{ type: "order.approved", actor: { userId: approver.userId, role: "customer" } }],
    });
  });

  it("rejects: the order is called off and its units go back on sale", async () => {
    const { placed, stock } = await placedAboveLimit();
    order = placed;
    expect(order).toMatchObject({ approvalStatus: "pending", sagaState: "reserved" });
    await expect(stock()).resolves.toMatchObject({ reserved: 4, available: 6 });
    const answer = await say(false, approver, { reason: "Too dear." });
    expect(answer.data?.orderApprove?.order).toMatchObject({
      status: "CANCELLED",
      approvalStatus: "REJECTED",
      history: [{ status: "PENDING" }, { status: "CANCELLED", actor: { id: approver.userId }, reason: "Too dear." }],
    });
    await expect(stock()).resolves.toMatchObject({ reserved: 0, available: 10 });
    const after = await stored();
    expect(after?.sagaState).toBe("released");
    // That the units are back is no event; only cached answers must hear of it.
    expect(after?.outbox.map(({ type }) => type)).toEqual(["order.placed", "order.rejected", "cache.tags"]);
  });

  it("lets the word stand when products is away, says so, and gives the units back when it is repeated", async () => {
    const { placed, stock } = await placedAboveLimit();
    const input = { id: placed._id.toHexString(), approve: false };
    const away = { release: () => Promise.reject(new Error("away")) } as unknown as ProductsService;
    const rule = { limit: null, period: "MONTH", role: "APPROVER", companyId: companyId.toHexString() } as const;
    const users: UsersService = { spendingRule: () => Promise.resolve(rule) };
    const tools = { models: shop.models, products: away, users, viewer: approver, requestId: "r", input };
    const { order: rejected } = await runForTenant(testTenant, () => orderApprove(tools));
    expect(rejected).toMatchObject({ status: "cancelled", approvalStatus: "rejected", sagaState: "reserved" });
    await expect(stock()).resolves.toMatchObject({ reserved: 4 });
    order = placed;
    await say(false);
    await expect(stock()).resolves.toMatchObject({ reserved: 0, available: 10 });
    expect((await stored())?.sagaState).toBe("released");
  });

  it("gives the same answer to a repetition, and changes nothing", async () => {
    const first = await say(true, approver, { version: 1 });
    expect(await say(true, approver, { version: 1 })).toEqual(first);
    const after = await stored();
    expect(after?.outbox).toHaveLength(1);
    expect(after?.history).toHaveLength(2);
  });

  it("of 20 words at once hears one, and tells the others what it is", async () => {
    const others = Array.from({ length: 20 }, () => ({ ...approver, userId: newId().toHexString() }));
    const answers = await Promise.all(others.map((viewer, n) => say(n % 2 === 0, viewer)));
    const after = await stored();
    expect(["approved", "rejected"]).toContain(after?.approvalStatus);
    expect(after?.outbox).toHaveLength(1);
    expect(after?.history).toHaveLength(2);
    for (const { data, errors } of answers) {
      const said = data?.orderApprove;
      const status = (said?.order?.approvalStatus ?? said?.userErrors[0]?.current) as string | undefined;
      if (status) expect(status.toLowerCase()).toBe(after?.approvalStatus);
      else expect(errors?.[0]?.extensions.code).toBe("CONFLICT");
    }
  });

  it.each([
    ["approved and is rejected then", { approvalStatus: "approved" }, false, "APPROVED"],
    ["rejected and is approved then", { approvalStatus: "rejected", status: "cancelled" }, true, "REJECTED"],
    ["never in need of approval", { approvalStatus: "not_required" }, true, "NOT_REQUIRED"],
    ["called off while it waited", { status: "cancelled" }, true, "PENDING"],
  ] as const)("refuses an order that was %s", async (_, state, approve, current) => {
    order = await waiting(state);
    const answer = await say(approve);
    expect(answer.data?.orderApprove).toMatchObject({
      order: null,
      userErrors: [{ __typename: "InvalidTransitionError", field: ["input", "id"], current }],
    });
    expect(await stored()).toMatchObject({ ...state, version: 1, outbox: [] });
  });

  it("refuses another version, and a reason that is too long", async () => {
    expect(codesOf(await say(true, approver, { version: 2 }))).toEqual(["CONFLICT"]);
    const long = await say(true, approver, { reason: "x".repeat(501) });
    expect(long.data?.orderApprove?.userErrors).toMatchObject([
      { __typename: "InvalidInputError", field: ["input", "reason"] },
    ]);
    expect(await stored()).toMatchObject({ approvalStatus: "pending", version: 1 });
  });

  it("refuses what is no id", async () => {
    expect(codesOf(await say(true, approver, { id: "nonsense" }))).toEqual(["BAD_USER_INPUT"]);
  });

  it("wants four eyes: nobody approves an own order, whatever the role", async () => {
    order = await waiting({ customerId: approver.id });
    expect(codesOf(await say(true))).toEqual(["FORBIDDEN"]);
    expect(codesOf(await say(false))).toEqual(["FORBIDDEN"]);
    expect(await stored()).toMatchObject({ approvalStatus: "pending", version: 1 });
  });

  const scopes = ["orders:approve", "orders:read-all"];
  const own = { companyId: companyId.toHexString(), scopes };
  it.each<[string, Viewer, string]>([
    ["visitors", anonymousViewer(testTenant), "UNAUTHENTICATED"],
    ["the buyer", buyer, "FORBIDDEN"],
    ["members without the permission", member("orders:place", "orders:read-all"), "FORBIDDEN"],
    ["approvers who act for nobody", fakeViewer("customer", { scopes }), "FORBIDDEN"],
    ["approvers of another company", fakeViewer("customer", { ...own, companyId: newId().toHexString() }), "NOT_FOUND"],
    [
      "the same company's approvers in another shop",
      fakeViewer("customer", { ...own, tenantId: "other" }),
      "NOT_FOUND",
    ],
    ["suppliers", fakeViewer("supplier", own), "FORBIDDEN"],
    ["partners", fakeViewer("partner", { ...own, userId: undefined }), "FORBIDDEN"],
    ["staff", fakeViewer("admin", { ...own, scopes: ["admin", ...scopes] }), "FORBIDDEN"],
    ["our own programs", serviceViewer(testTenant, scopes), "FORBIDDEN"],
  ])("is refused to %s", async (_, viewer, code) => {
    for (const approve of [true, false]) expect(codesOf(await say(approve, viewer))).toEqual([code]);
    expect(await stored()).toMatchObject({ approvalStatus: "pending", version: 1, outbox: [] });
  });

  const unlimited = { limit: null, period: "MONTH" } as const;

  it.each([
    ["has left the company", null],
    ["only buys by now", { ...unlimited, role: "BUYER" as const }],
  ])("asks users, and is refused to an approver who %s, whatever the token says", async (_, rule) => {
    const former = member("orders:place", "orders:read-all", "orders:approve");
    shop.users.rules.set(former.userId, rule);
    for (const approve of [true, false]) expect(codesOf(await say(approve, former))).toEqual(["FORBIDDEN"]);
    expect(await stored()).toMatchObject({ approvalStatus: "pending", version: 1, outbox: [] });
  });

  it("is open to administrators as users knows them", async () => {
    const boss = member("orders:approve");
    shop.users.rules.set(boss.userId, { ...unlimited, role: "COMPANY_ADMIN" });
    expect((await say(true, boss)).data?.orderApprove?.userErrors).toEqual([]);
  });

  it("rejects, but does not approve, what somebody ordered who has left the company since", async () => {
    const left = member("orders:place");
    shop.users.rules.set(left.userId, null);
    order = await waiting({ customerId: left.id });
    const refused = await say(true);
    expect(refused.data?.orderApprove).toMatchObject({
      ...{ order: null, userErrors: [{ __typename: "InvalidInputError", field: ["input", "approve"] }] },
    });
    expect(await stored()).toMatchObject({ approvalStatus: "pending", version: 1 });
    expect((await say(false)).data?.orderApprove?.order).toMatchObject({ approvalStatus: "REJECTED" });
  });

  it("says so when users does not answer, and decides nothing", async () => {
    shop.users.isAway = true;
    try {
      expect(codesOf(await say(true))).toEqual(["SERVICE_UNAVAILABLE"]);
    } finally {
      shop.users.isAway = false;
    }
    expect(await stored()).toMatchObject({ approvalStatus: "pending", version: 1 });
  });

  it("frees the buyer's limit when it rejects", async () => {
    const price = euro(1_000);
    shop.users.rules.set(buyer.userId, { limit: price, period: "MONTH" });
    await shop.models.Order.collection.deleteMany({ customerId: buyer.id });
    const { placed } = await placedAboveLimit();
    order = placed;
    await say(false);
    const product = await fakeStockedProduct(shop.products.models, 10);
    shop.users.rules.set(buyer.userId, { limit: price, period: "MONTH" });
    const data = await shop.subgraph.expectData({
      query: `mutation ($key: String!, $input: OrderPlaceInput!) {
        orderPlace(input: $input) @idempotent(key: $key) { order { approvalStatus } } }`,
      variables: {
        key: newId().toHexString(),
        input: {
          lines: [{ productId: product._id.toHexString(), quantity: 1 }],
          shippingAddress: { street: "Hafenstrasse 1", city: "Hamburg", zip: "20457", country: "DE" },
          paymentMethod: "INVOICE",
        },
      },
      viewer: buyer,
    });
    expect(data).toEqual({ orderPlace: { order: { approvalStatus: "NOT_REQUIRED" } } });
  });
});
