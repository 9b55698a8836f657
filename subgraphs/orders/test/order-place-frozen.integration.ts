// Runners that stand still, as a paused machine does, while others go on: no limit is exceeded, and no key orders twice.
import { createHash } from "node:crypto";
import { type Viewer } from "@tradegraph/kit/viewer";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { frozenAt } from "@tradegraph/testkit/frozen-at";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { beforeEach, describe, expect, it } from "vitest";
import { claimSpending, endClaim, type SpendingClaim } from "../src/commands/claim-spending.ts";
import { type PlacedOrder, placeOrder } from "../src/commands/order-place.ts";
import { resumeOrders } from "../src/commands/resume-orders.ts";
import { type Models } from "../src/models.ts";
import { type OrderDocument } from "../src/models/order.ts";
import { type ProductsService } from "../src/products-service.ts";
import { type UsersService } from "../src/users-service.ts";
import { euro, fakeViewer, newId } from "./fakes.ts";
import { startOrders } from "./start-orders.ts";

const orders = startOrders();

const address = { street: "Hafenstrasse 17", city: "Hamburg", zip: "20457", country: "DE" };
const productId = newId().toHexString();
const released: string[] = [];

/** Nine euros a piece, of which there is always enough. */
const products: ProductsService = {
  offers: () =>
    Promise.resolve([
      {
        ...{ productId, supplierId: newId().toHexString(), isAvailable: true, sku: "S", name: "N" },
        ...{ unitPrice: euro(900), quantityRule: { minimum: 1, increment: 1 } },
      },
    ] as unknown as Awaited<ReturnType<ProductsService["offers"]>>),
  reserve: () => Promise.resolve([]),
  release: (key) => {
    released.push(key);
    return Promise.resolve();
  },
};

let company: Types.ObjectId;
let buyer: Viewer & { id: Types.ObjectId };
let users: UsersService;
let key: string;

beforeEach(() => {
  company = newId();
  key = newId().toHexString();
  buyer = fakeViewer("customer", { companyId: company.toHexString(), scopes: ["orders:place"] });
  const rule = { limit: euro(1_000), period: "MONTH", role: "BUYER", companyId: company.toHexString() } as const;
  users = { spendingRule: () => Promise.resolve(rule) };
});

const inTenant = <T>(work: () => Promise<T>) => runForTenant(testTenant, work);

const place = (models: Models = orders.models, ofKey = key): Promise<PlacedOrder> =>
  inTenant(() =>
    placeOrder({
      ...{ models, cipher: testCipher, products, users, viewer: buyer, key: ofKey },
      input: { lines: [{ productId, quantity: 1 }], shippingAddress: address, paymentMethod: "invoice" },
    }),
  );

const frozen = (model: "Order" | "Spending", method: "create" | "findOne") => frozenAt(orders.models, model, method);

const changeClaim = (change: object) => orders.models.IdempotencyKey.collection.updateOne({ key }, { $set: change });
const stored = () =>
  orders.models.Order.collection.find({ customerId: buyer.id }).toArray() as unknown as Promise<OrderDocument[]>;
const withoutApproval = async () =>
  (await stored())
    .filter(({ status, approvalStatus }) => status !== "cancelled" && approvalStatus === "not_required")
    .reduce((sum, { totalAmount }) => sum + totalAmount.amount, 0);
const notes = async () =>
  (await orders.models.Spending.collection.findOne({ userId: buyer.id }))?.inFlight as unknown[];
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const conflict = { extensions: { code: "CONFLICT", retryable: true } };

describe("a runner that stood still before it stored the order", () => {
  it("keeps its place under the limit while another takes over the key, and a further order comes", async () => {
    const first = frozen("Order", "create");
    const slow = place(first.models);
    await first.reached;
    await changeClaim({ leaseUntil: minutesAgo(0) });
    const second = frozen("Spending", "findOne");
    const retry = place(second.models);
    await second.reached;
    const other = await place(orders.models, newId().toHexString());
    expect(other.order?.approvalStatus).toBe("pending");
    first.wake();
    const { order } = await slow;
    second.wake();
    expect((await retry).order?._id).toEqual(order?._id);
    await expect(withoutApproval()).resolves.toBe(900);
    await expect(stored()).resolves.toHaveLength(2);
    await expect(notes()).resolves.toEqual([]);
  });

  it("takes out its own note only, when the one that took over was quicker", async () => {
    const first = frozen("Order", "create");
    const slow = place(first.models);
    await first.reached;
    await changeClaim({ leaseUntil: minutesAgo(0) });
    const second = frozen("Order", "create");
    const retry = place(second.models);
    await second.reached;
    second.wake();
    const { order } = await retry;
    first.wake();
    await expect(slow).resolves.toMatchObject({ order: { _id: order?._id }, userErrors: [] });
    await expect(withoutApproval()).resolves.toBe(900);
    await expect(notes()).resolves.toEqual([]);
  });

  it("lets its order wait for approval when its note has lapsed, and others went by without it", async () => {
    const first = frozen("Order", "create");
    const slow = place(first.models);
    await first.reached;
    await orders.models.Spending.collection.updateOne(
      { userId: buyer.id },
      { $set: { "inFlight.0.at": minutesAgo(16) } },
    );
    const other = await place(orders.models, newId().toHexString());
    expect(other.order?.approvalStatus).toBe("not_required");
    first.wake();
    const { order } = await slow;
    expect(order?.approvalStatus).toBe("pending");
    expect(order?.outbox.map(({ type }) => type)).toEqual(["order.placed", "order.approvalRequired"]);
    await expect(withoutApproval()).resolves.toBe(900);
  });

  it.each([
    ["the key was begun anew", (retry: () => Promise<unknown>) => retry()],
    [
      "the worker gave the key up",
      async (retry: () => Promise<unknown>) => {
        await changeClaim({ leaseUntil: minutesAgo(16) });
        await resumeOrders(orders.models);
        return retry();
      },
    ],
  ])("calls its order off when %s meanwhile, and gives its units back", async (_, goOn) => {
    const first = frozen("Order", "create");
    const slow = place(first.models);
    const failed = expect(slow).rejects.toMatchObject(conflict);
    await first.reached;
    const claim = await orders.models.IdempotencyKey.collection.findOne({ key });
    await changeClaim({ leaseUntil: minutesAgo(0), createdAt: minutesAgo(8) });
    await goOn(() => place());
    first.wake();
    await failed;
    const all = await stored();
    const [late] = all.filter(({ _id }) => _id.equals(claim?.orderId as Types.ObjectId));
    expect(late).toMatchObject({ status: "cancelled", history: [{}, { status: "cancelled" }] });
    expect(late?.outbox.map(({ type }) => type)).toEqual(["order.placed", "order.cancelled"]);
    expect(released).toContain(late?.reservationKey);
    const [live, ...more] = all.filter(({ status }) => status !== "cancelled");
    expect(more).toEqual([]);
    expect((await place()).order?._id).toEqual(live?._id);
  });
});

describe("claiming a limit", () => {
  const claim = (orderId: Types.ObjectId, lease = newId()): SpendingClaim => ({
    ...{ userId: buyer.id, companyId: company, orderId, lease, total: euro(900), now: new Date() },
    rule: { limit: euro(1_000), period: "MONTH" },
  });
  const decide = async (wanted: SpendingClaim) =>
    (await inTenant(() => claimSpending(orders.models, wanted))).approvalStatus;

  it("does not count the order in question twice, whoever noted it", async () => {
    const orderId = newId();
    expect(await decide(claim(orderId))).toBe("not_required");
    expect(await decide(claim(orderId))).toBe("not_required");
    expect(await decide(claim(newId()))).toBe("pending");
  });

  it("leaves the note of the next runner when a late one ends its own", async () => {
    const orderId = newId();
    const late = claim(orderId);
    await decide(late);
    await decide(claim(orderId));
    await expect(inTenant(() => endClaim(orders.models, late, false))).resolves.toBe(true);
    expect(await decide(claim(newId()))).toBe("pending");
    await expect(inTenant(() => endClaim(orders.models, late, false))).resolves.toBe(false);
  });
});

describe("the hash of a request", () => {
  it("cannot be made by who has the database alone", async () => {
    const { order } = await place();
    const claim = await orders.models.IdempotencyKey.collection.findOne({ key });
    const request = {
      lines: order?.items.map(({ quantity }) => ({ productId, quantity })),
      ...{ shippingAddress: address, paymentMethod: order?.paymentMethod },
    };
    const guess = JSON.stringify([company.toHexString(), request]);
    expect(claim?.requestHash).toMatch(/^[\w-]{43}$/);
    expect(claim?.requestHash).not.toBe(createHash("sha256").update(guess).digest("base64url"));
    const of = { collection: "idempotencyKeys", field: "requestHash", tenantId: testTenant };
    expect(claim?.requestHash).toBe(testCipher.fingerprint(guess, of));
  });
});

describe("the worker that ends claims which were left behind", () => {
  it("does not stop at one that cannot be ended", async () => {
    const keys = [newId().toHexString(), newId().toHexString(), newId().toHexString()];
    for (const one of keys) await place(orders.models, one);
    const { collection } = orders.models.IdempotencyKey;
    await collection.updateMany({ key: { $in: keys } }, { $set: { state: "running", leaseUntil: minutesAgo(20) } });
    const claims = await collection.find({ key: { $in: keys } }).toArray();
    const bad = claims[0]?.orderId as Types.ObjectId;
    const Order = new Proxy(orders.models.Order, {
      get: (target, name) =>
        name === "exists"
          ? (filter: { _id: Types.ObjectId }) =>
              bad.equals(filter._id) ? Promise.reject(new Error("trouble of one")) : target.exists(filter)
          : (Reflect.get(target, name) as unknown),
    });
    await expect(resumeOrders({ ...orders.models, Order })).rejects.toMatchObject({
      errors: [{ message: "trouble of one" }],
    });
    await expect(collection.countDocuments({ key: { $in: keys }, state: "done" })).resolves.toBe(2);
    await expect(resumeOrders(orders.models)).resolves.toBe(1);
  });
});
