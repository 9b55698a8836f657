import { anonymousViewer, serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { type OrderDocument } from "../src/models/order.ts";
import { euro, fakeItem, fakeOrder, fakePayment, fakeViewer, newId } from "./fakes.ts";
import { codesOf, startOrders } from "./start-orders.ts";

const orders = startOrders();

const companyId = newId();
const company = companyId.toHexString();
const buyer = fakeViewer("customer", { companyId: company, scopes: ["orders:place"] });
const approver = fakeViewer("customer", { companyId: company, scopes: ["orders:place", "orders:read-all"] });
const colleague = fakeViewer("customer", { companyId: company, scopes: ["orders:place"] });
const stranger = fakeViewer("customer", { companyId: newId().toHexString(), scopes: ["orders:read-all"] });
const supplier = fakeViewer("supplier");
const otherSupplier = fakeViewer("supplier");
const admin = fakeViewer("admin");
const service = serviceViewer(testTenant, ["orders"]);
const staffOfOrders = fakeViewer("admin", { scopes: ["staff:orders"] });
const staffOfUsers = fakeViewer("admin", { scopes: ["staff:users", "staff:catalogue"] });
const partner: Viewer = { tenantId: testTenant, role: "partner", companyId: company, scopes: ["orders:read-all"] };
const partnerWithoutScope: Viewer = { ...partner, scopes: ["catalogue:read"] };
const otherPartner: Viewer = { ...partner, companyId: newId().toHexString() };
const partnerElsewhere: Viewer = { ...partner, tenantId: "other-shop" };
/** The same person in another shop. */
const elsewhere = fakeViewer("admin", { tenantId: "other-shop" });

const viewers: Record<string, Viewer> = {
  anonymous: anonymousViewer(testTenant),
  buyer,
  approver,
  colleague,
  stranger,
  supplier,
  otherSupplier,
  admin,
  service,
  elsewhere,
  staffOfOrders,
  staffOfUsers,
  partner,
  partnerWithoutScope,
  otherPartner,
  partnerElsewhere,
};

let order: OrderDocument;

beforeAll(async () => {
  order = await fakeOrder(orders.models, {
    customerId: buyer.id,
    companyId,
    items: [
      fakeItem({ supplierId: supplier.id, quantity: 2, price: euro(500) }),
      fakeItem({ quantity: 1, price: euro(9_999) }),
    ],
    billingAddress: { street: "Marktplatz 2", city: "Munich", state: "Bavaria", zip: "80331", country: "DE" },
    notes: "Gate 3.",
    purchaseOrderNumber: "PO-7",
    history: [{ status: "pending", at: new Date(), actorId: buyer.id, reason: "Urgent." }],
  });
  await fakePayment(orders.models, order);
});

const byId = "query ($by: OrderBy!) { order(by: $by) { id number totalAmount { amount } items { sku } } }";
const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Order { id number totalAmount { amount } items { sku } } ... on Payment { id amount { amount } } } }`;

describe("order", () => {
  it("is found by id and by number", async () => {
    for (const by of [{ id: order._id.toHexString() }, { number: order.number }]) {
      const data = await orders.subgraph.expectData({ query: byId, variables: { by }, viewer: buyer });
      expect(data).toMatchObject({ order: { id: order._id.toHexString(), number: order.number } });
    }
  });

  it("gives all its fields to the buyer", async () => {
    const { order: found } = await orders.subgraph.expectData<{ order: object }>({
      query: `query ($by: OrderBy!) { order(by: $by) {
        nodeId version status paymentStatus approvalStatus allowedTransitions paymentMethod notes orderDate
        customer { id } company { id } shippingAddress { street city state zip country } billingAddress { state }
        items { id product { id } productName quantity price { amountMinor } lineTotal { amount } }
        history { status at actor { id } reason } payments { provider status amount { amount } } } }`,
      variables: { by: { id: order._id.toHexString() } },
      viewer: buyer,
    });
    expect(found).toMatchObject({
      nodeId: Buffer.from(`Order:${order._id.toHexString()}`).toString("base64url"),
      version: 1,
      status: "PENDING",
      paymentStatus: "UNPAID",
      approvalStatus: "NOT_REQUIRED",
      allowedTransitions: ["CONFIRMED", "CANCELLED"],
      paymentMethod: "CARD",
      notes: "Gate 3.",
      customer: { id: buyer.userId },
      company: { id: company },
      shippingAddress: { city: "Hamburg", state: null },
      billingAddress: { state: "Bavaria" },
      items: [{ quantity: 2, price: { amountMinor: 500 }, lineTotal: { amount: "10.00" } }, { quantity: 1 }],
      history: [{ status: "PENDING", actor: { id: buyer.userId }, reason: "Urgent." }],
      payments: [{ provider: "STRIPE", status: "PAID", amount: { amount: "109.99" } }],
    });
  });

  const all = ["buyer", "approver", "admin", "staffOfOrders", "service", "partner"];
  const seenBy: Record<string, number> = { ...Object.fromEntries(all.map((name) => [name, 2])), supplier: 1 };

  it.each(Object.keys(viewers))("shows %s what is theirs, by query and by reference alike", async (name) => {
    const viewer = viewers[name];
    if (!viewer) throw new Error("unreachable");
    const id = order._id.toHexString();
    const representations = [
      { __typename: "Order", id },
      { __typename: "Order", number: order.number },
    ];
    const direct = await orders.subgraph.execute<{ order: { items: unknown[] } | null }>({
      query: byId,
      variables: { by: { id } },
      viewer,
    });
    const { _entities } = await orders.subgraph.expectData<{ _entities: unknown[] }>({
      query: entities,
      variables: { representations },
      viewer,
    });
    expect(direct.data?.order?.items.length).toBe(seenBy[name]);
    expect(_entities).toEqual([direct.data?.order ?? null, direct.data?.order ?? null]);
    expect(codesOf(direct)).toEqual(name === "anonymous" ? ["UNAUTHENTICATED"] : []);
  });

  it("tells a supplier the sum of its own lines, and nothing that is the buyer's", async () => {
    const answer = await orders.subgraph.execute({
      query: `query ($by: OrderBy!) { order(by: $by) {
        notes purchaseOrderNumber history { status actor { id } reason } totalAmount { amount } shippingAddress { city } billingAddress { city } payments { id } } }`,
      variables: { by: { id: order._id.toHexString() } },
      viewer: supplier,
    });
    expect(answer.data).toEqual({
      order: {
        notes: null,
        purchaseOrderNumber: null,
        history: [{ status: "PENDING", actor: null, reason: null }],
        totalAmount: { amount: "10.00" },
        shippingAddress: { city: "Hamburg" },
        billingAddress: null,
        payments: null,
      },
    });
    expect(codesOf(answer)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
  });

  it.each([{}, { id: "5f5f5f5f5f5f5f5f5f5f5f5f", number: "A" }, { id: "nonsense" }])("refuses %j", async (by) => {
    const answer = await orders.subgraph.execute({ query: byId, variables: { by }, viewer: buyer });
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
  });

  it("is null for what is not there, and for references that are no ids", async () => {
    const direct = await orders.subgraph.expectData({
      query: byId,
      variables: { by: { id: newId().toHexString() } },
      viewer: admin,
    });
    expect(direct).toEqual({ order: null });
    const representations = [
      { __typename: "Order", id: "nonsense" },
      { __typename: "Payment", id: "nonsense" },
    ];
    const found = await orders.subgraph.expectData({ query: entities, variables: { representations }, viewer: admin });
    expect(found).toEqual({ _entities: [null, null] });
  });

  it("resolves 100 references of orders, and of payments, with one command each", async () => {
    const made = await Promise.all(Array.from({ length: 100 }, () => fakeOrder(orders.models)));
    const payments = await Promise.all(made.map((one) => fakePayment(orders.models, one)));
    for (const [__typename, documents, collection] of [
      ["Order", made, "orders"],
      ["Payment", payments, "payments"],
    ] as const) {
      const representations = documents.map(({ _id }) => ({ __typename, id: _id.toHexString() }));
      const { result, commands } = await commandsOf(orders.resources.mongo, () =>
        orders.subgraph.expectData<{ _entities: { id: string }[] }>({
          query: entities,
          variables: { representations },
          viewer: admin,
        }),
      );
      expect(result._entities.map(({ id }) => id)).toEqual(representations.map(({ id }) => id));
      expect(commands).toEqual([{ name: "find", collection }]);
    }
  });
});

describe("payment", () => {
  const seenBy = ["buyer", "approver", "admin", "staffOfOrders", "service", "partner"];

  it.each(Object.keys(viewers))("is shown to %s only on the buyer's side", async (name) => {
    const payment = await orders.models.Payment.collection.findOne({ orderId: order._id });
    const viewer = viewers[name];
    if (!viewer) throw new Error("unreachable");
    const answer = await orders.subgraph.expectData<{ _entities: unknown[] }>({
      query: entities,
      variables: { representations: [{ __typename: "Payment", id: String(payment?._id) }] },
      viewer,
    });
    expect(answer._entities[0] !== null).toBe(seenBy.includes(name));
  });
});
