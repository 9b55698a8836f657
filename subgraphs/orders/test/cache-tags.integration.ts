// P9: whatever changes an answer tells one of the tags that the answer said it has read, at once and in the outbox.
import { outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { seedRandom, type SeedRandom } from "@tradegraph/kit/seed-random";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { expectToldOf } from "@tradegraph/testkit/tag-completeness";
import { type Execution } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { eraseBuyer } from "../src/commands/person-erase.ts";
import { type Models } from "../src/models.ts";
import {
  euro,
  fakeCart,
  fakeItem,
  fakeOrder,
  fakePayment,
  fakeQuote,
  fakeViewer,
  newId,
  orderFields,
  quoteFields,
} from "./fakes.ts";
import { startOrders } from "./start-orders.ts";

const orders = startOrders();
const hex = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();

type World = Awaited<ReturnType<typeof createWorld>>;

/** Two buyers of a company and a third, with what they have ordered from two suppliers. */
async function createWorld(models: Models, tenantId: string, random: SeedRandom) {
  const companyId = newId();
  const scopes = random.chance(50) ? ["orders:read-all"] : [];
  const buyers = [0, 1].map(() => fakeViewer("customer", { tenantId, companyId: companyId.toHexString(), scopes }));
  buyers.push(fakeViewer("customer", { tenantId }));
  const suppliers = [0, 1].map(() => fakeViewer("supplier", { tenantId }));
  const admin = fakeViewer("admin", { tenantId });
  const productIds = [newId(), newId()];
  const all = await Promise.all(
    [0, 1, 2, 3, 4].map((n) => {
      const { id: customerId } = buyers[n % 3] ?? admin;
      const items = suppliers.map(({ id }, at) =>
        fakeItem({ supplierId: id, productId: productIds[at] as Types.ObjectId, quantity: 1 + random.below(5) }),
      );
      return fakeOrder(
        models,
        {
          customerId,
          ...(n % 3 < 2 && { companyId }),
          items: items.slice(0, 1 + random.below(2)),
          status: random.pick(["pending", "delivered"]),
          paymentMethod: random.pick(["invoice", "card"]),
          orderDate: new Date(Date.now() - random.below(1e9)),
        },
        tenantId,
      );
    }),
  );
  const payments = await Promise.all(all.slice(0, 3).map((order) => fakePayment(models, order)));
  const carts = await Promise.all(
    buyers.map(({ id }, n) => fakeCart(models, { ownerId: id, ...(n < 2 && { companyId }) }, tenantId)),
  );
  const quotes = await Promise.all(
    buyers.map(({ id }, n) =>
      fakeQuote(
        models,
        { customerId: id, ...(n < 2 && { companyId }), messages: [{ authorId: id, body: "Hello", at: new Date() }] },
        tenantId,
      ),
    ),
  );
  return { models, tenantId, companyId, buyers, suppliers, admin, productIds, orders: all, payments, carts, quotes };
}

function questions(world: World, random: SeedRandom): Execution[] {
  const { buyers, suppliers, admin, companyId, productIds, carts, quotes, payments } = world;
  const viewer = random.pick([...buyers, ...buyers, ...suppliers, admin]);
  const [one, other] = [random.pick(world.orders), random.pick(world.orders)];
  const money = "{ amountMinor currencyCode }";
  const shown = `id number version status paymentStatus approvalStatus allowedTransitions items { quantity price ${money} } totalAmount ${money} notes shippingAddress { street } history { status reason } payments { id status }`;
  const cart = `id version note lines { id quantity lineTotal ${money} } subtotal ${money} company { id }`;
  const quote = `id status version: number lines { offeredPrice ${money} } messages { body }`;
  const filter = random.pick(["statuses: [PENDING]", "paymentStatus: PAID", "awaitsApproval: false", ""]);
  const sort =
    viewer.role === "supplier"
      ? ""
      : `, sort: { key: ${random.pick(["ORDER_DATE", "TOTAL_AMOUNT"])}, direction: ${random.pick(["ASC", "DESC"])} }`;
  const list = `orders(first: 2, filter: { ${filter} }${sort}) { nodes { ${shown} } totalCount }`;
  const limit = { amountMinor: 100_000, currencyCode: "EUR" };
  return [
    {
      viewer,
      query: `{ ${list} a: order(by: { id: "${hex(one)}" }) { ${shown} } b: order(by: { number: "${other.number}" }) { ${shown} } }`,
    },
    { viewer, query: `{ cart { ${cart} } other: cart(id: "${hex(random.pick(carts))}") { ${cart} } }` },
    ...(viewer.role === "supplier"
      ? []
      : [
          {
            viewer,
            query: `{ quotes(first: 2) { nodes { ${quote} } totalCount } quote(id: "${hex(random.pick(quotes))}") { ${quote} } }`,
          },
        ]),
    {
      viewer: random.pick([admin, viewer]),
      query: `query ($r: [_Any!]!) { _entities(representations: $r) {
        ... on Order { ${shown} } ... on Cart { ${cart} } ... on CartLine { id quantity lineTotal ${money} } ... on Payment { paid: status }
        ... on Product { lastOrderedAt orderedQuantity } ... on Company { availableCredit ${money} } ... on CompanyMembership { remainingSpend ${money} } } }`,
      variables: {
        r: [
          ...world.orders.map((order) => ({ __typename: "Order", id: hex(order) })),
          { __typename: "Order", number: one.number },
          ...carts.map((found) => ({ __typename: "Cart", id: hex(found) })),
          ...carts.map(({ lines }) => ({ __typename: "CartLine", id: String(lines[0]?._id) })),
          ...payments.map((payment) => ({ __typename: "Payment", id: hex(payment) })),
          ...productIds.map((id) => ({ __typename: "Product", id: String(id) })),
          { __typename: "Company", id: String(companyId), creditLimit: limit },
          {
            ...{ __typename: "CompanyMembership", id: "1", spendingPeriod: "YEAR", spendingLimit: limit },
            ...{ user: { id: viewer.userId }, company: { id: String(companyId) } },
          },
        ],
      },
    },
  ];
}

function change(world: World, random: SeedRandom): Promise<unknown> {
  const { models, tenantId, buyers, productIds, companyId } = world;
  const order = { _id: random.pick(world.orders)._id };
  const cart = { _id: random.pick(world.carts)._id };
  const quote = { _id: random.pick(world.quotes)._id };
  const payment = { _id: random.pick(world.payments)._id };
  const { id: buyer } = random.pick(buyers);
  const entry = () => withOutbox(outboxEntry("order.changed", { role: "service" }));
  const quiet = { timestamps: random.chance(50) };
  const amount = 100 + random.below(900);
  const changes: (() => PromiseLike<unknown>)[] = [
    () => models.Order.updateOne(order, { $set: { status: random.pick(["cancelled", "shipped", "pending"]) } }, quiet),
    () => models.Order.updateOne(order, { $set: { paymentStatus: "paid" }, $inc: { version: 1 } }, quiet),
    () => models.Order.updateOne(order, { $set: { approvalStatus: "pending" } }, quiet),
    () => models.Order.updateOne(order, { $set: { "totalAmount.amount": amount } }, quiet),
    () => models.Order.updateOne(order, { $set: { "items.0.quantity": 1 + random.below(9) } }, quiet),
    () => models.Order.updateOne(order, { $set: { "items.$[].productId": random.pick(productIds) } }, quiet),
    () => models.Order.updateOne(order, { $push: { history: { status: "pending", at: new Date() } } }, quiet),
    () => models.Order.updateMany({ companyId }, { $set: { notes: `n${amount}` } }, quiet),
    () => models.Order.updateOne(order, { $unset: { companyId: 1 } }, quiet),
    () => models.Order.updateOne(order, { $set: { customerId: buyer, number: `N-${amount}` } }, quiet),
    () => models.Order.updateOne(order, { $set: { orderDate: new Date() } }, quiet),
    () => models.Order.create({ ...orderFields({ customerId: buyer, companyId }, tenantId), ...entry() }),
    () => models.Order.deleteOne(order),
    () => models.Cart.updateOne(cart, { $set: { "lines.0.quantity": 1 + random.below(9) } }, quiet),
    () =>
      models.Cart.updateOne(
        cart,
        { $push: { lines: { _id: newId(), productId: newId(), quantity: 1, unitPrice: euro(amount) } } },
        quiet,
      ),
    () => models.Cart.updateOne(cart, { $set: { lines: [] } }, quiet),
    () => models.Cart.updateOne(cart, { $set: { isOpen: random.chance(50), note: "N" } }, quiet),
    () => models.Cart.updateOne(cart, { $set: { ownerId: buyer, companyId } }, quiet),
    () => models.Cart.deleteMany({ ownerId: buyer }),
    () =>
      models.Cart.create({
        ...{ ownerId: buyer, isOpen: true, currency: "EUR", lines: [], expiresAt: new Date(Date.now() + 1e7) },
        ...entry(),
      }),
    () => models.Payment.updateOne(payment, { $set: { status: "refunded" } }, quiet),
    () => models.Payment.updateOne(payment, { $set: { orderId: order._id } }, quiet),
    () => models.Payment.deleteOne(payment),
    () =>
      models.Quote.updateOne(quote, { $set: { status: "answered", "lines.$[].offeredPrice": euro(amount) } }, quiet),
    () => models.Quote.updateOne(quote, { $set: { customerId: buyer } }, quiet),
    () => models.Quote.create({ ...quoteFields({ customerId: buyer, companyId }), ...entry() }),
    () => models.Quote.deleteOne(quote),
    () => eraseBuyer({ models, cipher: testCipher, actor: { role: "service" } }, buyer),
  ];
  return Promise.resolve(random.pick(changes)());
}

describe("a change of orders and carts", () => {
  it("tells every answer that it changes, at once and in the outbox", { timeout: 60_000 }, async () => {
    let changed = 0;
    for (let round = 0; round < 6; round += 1) {
      const tenantId = `shop-${round}`;
      const random = seedRandom(tenantId, "cache tags", 1);
      const world = await createWorld(orders.models, tenantId, random);
      const asked = questions(world, random);
      for (let step = 0; step < 5; step += 1) {
        const { connection } = orders.resources.mongo;
        const trial = { subgraph: orders.subgraph, connection, tenantId, questions: asked };
        const counts = await expectToldOf({ ...trial, change: () => change(world, random) });
        changed += counts.changed;
      }
    }
    expect(changed).toBeGreaterThan(15);
  });
});
