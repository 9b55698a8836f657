// What keyset-walk.integration.ts walks through: orders and quotes whose sort keys are mostly equal, and every list of them
// for every kind of viewer.
import { seedRandom } from "@tradegraph/kit/seed-random";
import { ordersBy, type Walk, type WalkedOrder } from "@tradegraph/testkit/keyset-walk";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type WalkedDocument } from "@tradegraph/testkit/walked-documents";
import { type Types } from "mongoose";
import { readAllScope } from "../src/access.ts";
import { orderStatuses, paymentStatuses } from "../src/enums.ts";
import { type OrderDocument } from "../src/models/order.ts";
import { euro, fakeItem, fakeViewer, newId, orderFields, quoteFields } from "./fakes.ts";

export type Collection = "orders" | "quotes";
export const sizes: Record<Collection, number> = { orders: 5_000, quotes: 5_000 };

const random = seedRandom("keyset-walk", "orders", 1);
const firm = newId();
const companyId = firm.toHexString();
const admin = fakeViewer("admin");
const customer = fakeViewer("customer");
const buyer = fakeViewer("customer", { companyId });
const manager = fakeViewer("customer", { companyId, scopes: [readAllScope] });
const supplier = fakeViewer("supplier");

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));
/** One of the two viewers, or somebody; of the firm's orders more are the buyer's. */
const makeBuyer = () => {
  const person = random.chance(15) ? customer.id : newId();
  if (!random.chance(30)) return { customerId: person };
  return { customerId: random.chance(50) ? buyer.id : person, companyId: firm };
};
const makeItem = () =>
  fakeItem({ price: euro(random.between(1, 4) * 100), ...(random.chance(15) && { supplierId: supplier.id }) });

/** Many ties: a handful of values for every sort key. Some orders have two lines of the supplier. */
export const make = {
  orders: () =>
    orderFields({
      ...makeBuyer(),
      items: random.chance(50) ? [makeItem()] : [makeItem(), makeItem()],
      orderDate: day(random.below(10)),
      status: random.pick(orderStatuses),
      paymentStatus: random.pick(paymentStatuses),
    }),
  quotes: () => quoteFields({ ...makeBuyer(), createdAt: day(random.below(10)) }),
};

type Order = OrderDocument & WalkedDocument;

const sorts = ordersBy({
  ORDER_DATE: (order) => (order as Order).orderDate,
  TOTAL_AMOUNT: (order) => (order as Order).totalAmount.amount,
});
interface Sorted {
  by: string;
  sort: { key: string; direction: "ASC" | "DESC" } | undefined;
  order: WalkedOrder;
}

const byDefault: Sorted = {
  by: "as they come",
  sort: undefined,
  order: { key: (order: WalkedDocument) => (order as Order).orderDate, direction: -1 },
};

interface Part {
  name: string;
  matches: (document: WalkedDocument) => boolean;
  /** How much of the collection it is, about. */
  share: number;
}

const isOver: Part["matches"] = ({ status }) => status === "delivered" || status === "cancelled";
const isUnpaid: Part["matches"] = ({ paymentStatus }) => paymentStatus === "unpaid";
const all: Part = { name: "orders", matches: () => true, share: 1 };
const filters: (Part & { filter?: object; isOfStates?: true })[] = [
  all,
  {
    name: "orders in two states",
    filter: { statuses: ["DELIVERED", "CANCELLED"] },
    matches: isOver,
    share: 0.4,
    isOfStates: true,
  },
  { name: "unpaid orders", filter: { paymentStatus: "UNPAID" }, matches: isUnpaid, share: 0.2, isOfStates: true },
  {
    name: "orders of some days",
    filter: { from: day(2).toISOString(), to: day(7).toISOString() },
    matches: (order) => (order as Order).orderDate >= day(2) && (order as Order).orderDate < day(7),
    share: 0.5,
  },
  {
    name: "orders by all conditions",
    filter: { statuses: ["DELIVERED", "CANCELLED"], paymentStatus: "UNPAID", from: day(1).toISOString() },
    matches: (order) => isOver(order) && isUnpaid(order) && (order as Order).orderDate >= day(1),
    share: 0.07,
  },
];

const of =
  (id: Types.ObjectId): Part["matches"] =>
  (document) =>
    id.equals(document.customerId as Types.ObjectId);
const ofFirm: Part["matches"] = (document) => firm.equals(document.companyId as Types.ObjectId | undefined);
const ofSupplier: Part["matches"] = (order) =>
  (order as Order).items.some((item) => supplier.id.equals(item.supplierId));

type Viewed = Part & { viewer: Viewer };

/** States choose an index only where the owner does not. */
const filtersOf = (seen: Viewed) => filters.filter((part) => seen.viewer === admin || !part.isOfStates);

const forAdmin = { name: "for staff", viewer: admin, matches: () => true, share: 1 };
const forCustomer = { name: "for a customer", viewer: customer, matches: of(customer.id), share: 0.12 };
const forBuyer = { name: "for a member without permission", viewer: buyer, matches: of(buyer.id), share: 0.15 };
const forManager = { name: "for a member with permission", viewer: manager, matches: ofFirm, share: 0.3 };
const forSupplier = { name: "for a supplier", viewer: supplier, matches: ofSupplier, share: 0.2 };

/** About six pages, or as many as the longest page makes. */
const pageSize = (size: number, ...parts: Part[]) =>
  Math.min(100, Math.floor(parts.reduce((count, { share }) => count * share, size) / 6));

const ofOrders = (seen: Viewed, part: Part & { filter?: object }, { by, sort, order }: Sorted): Walk<Collection> => ({
  ...order,
  name: `${part.name} ${seen.name} ${by}`,
  connection: "Query.orders",
  arguments: { ...(part.filter && { filter: part.filter }), ...(sort && { sort }) },
  viewer: seen.viewer,
  collection: "orders",
  matches: (document) => seen.matches(document) && part.matches(document),
  pageSize: pageSize(sizes.orders, seen, part),
});

/** Lists of another type's field, which have one order. */
const ofEntity = (connection: string, owner: Types.ObjectId, seen: Viewed): Walk<Collection>[] =>
  filtersOf(seen).map((part) => ({
    ...ofOrders(seen, part, byDefault),
    name: `${part.name} of ${connection} ${seen.name}`,
    connection,
    of: owner,
  }));

export const walks: Walk<Collection>[] = [
  ...[forAdmin, forCustomer, forBuyer, forManager, forSupplier].flatMap((seen) => [
    ofOrders(seen, all, byDefault),
    ...sorts
      // Suppliers may not sort by what others sold in the same order.
      .filter(({ sort }) => seen !== forSupplier || sort.key !== "TOTAL_AMOUNT")
      .flatMap((sorted) => filtersOf(seen).map((part) => ofOrders(seen, part, sorted))),
  ]),
  ...ofEntity("User.orders", customer.id, forCustomer),
  ...ofEntity("User.orders", customer.id, { ...forAdmin, matches: of(customer.id), share: 0.12 }),
  ...ofEntity("Company.orders", firm, { ...forAdmin, matches: ofFirm, share: 0.3 }),
  ...ofEntity("Company.orders", firm, forManager),
  ...ofEntity("Company.orders", firm, {
    ...forBuyer,
    matches: (order) => ofFirm(order) && of(buyer.id)(order),
    share: 0.15,
  }),
  ...[forAdmin, forCustomer, forBuyer, forManager].map((seen): Walk<Collection> => ({
    name: `quotes ${seen.name}`,
    connection: "Query.quotes",
    viewer: seen.viewer,
    collection: "quotes",
    matches: seen.matches,
    key: ({ createdAt }) => createdAt,
    direction: -1,
    pageSize: pageSize(sizes.quotes, seen),
  })),
];
