import { badUserInput } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type Connection, type ConnectionArguments, type KeysetSort, readConnection } from "@tradegraph/kit/pagination";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type QueryFilter } from "mongoose";
import { asSeenBy, orderList, readAllScope, seesEverything } from "../access.ts";
import { type StoredApprovalStatus } from "../enums.ts";
import { type OrderFilter, type OrderSort } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { type OrderDocument } from "../models/order.ts";

export interface OrderListArguments extends ConnectionArguments {
  filter?: OrderFilter | null | undefined;
  sort?: OrderSort | null | undefined;
}

interface OrderList {
  models: Models;
  viewer: Viewer;
  args: OrderListArguments;
  /** Longest page where the field stands. */
  limit: number;
}

/** Whose orders; undefined for those of nobody. */
type Owner = Readonly<Record<string, unknown>> | undefined;

const awaited: StoredApprovalStatus = "pending";

const sortPaths = { ORDER_DATE: "orderDate", TOTAL_AMOUNT: "totalAmount.amount" } as const;

const nobodys: Connection<OrderDocument> = {
  edges: [],
  nodes: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  totalCount: () => Promise.resolve(0),
};

/** The viewer's own list: see `orderList` in access.ts. */
export const listOrders = (list: OrderList): Promise<Connection<OrderDocument>> =>
  listOwned(list, orderList(list.viewer));

/** Orders of one person; permissions.ts lets that person and staff in. Who buys no longer has none, as by the order's id. */
export function listUserOrders(list: OrderList, userId: string): Promise<Connection<OrderDocument>> {
  const customerId = toObjectId(userId);
  const reads = list.viewer.role === "customer" || seesEverything(list.viewer);
  return listOwned(list, reads ? { customerId } : undefined);
}

/** Orders of a company for its members: all with the permission for it, else those the member placed. */
export function listCompanyOrders(list: OrderList, company: string): Promise<Connection<OrderDocument>> {
  const { viewer } = list;
  const seesAll = seesEverything(viewer) || viewer.scopes.includes(readAllScope);
  const companyId = toObjectId(company);
  if (seesAll) return listOwned(list, { companyId });
  return listOwned(list, viewer.userId ? { customerId: toObjectId(viewer.userId), companyId } : undefined);
}

async function listOwned({ models, viewer, args, limit }: OrderList, owner: Owner): Promise<Connection<OrderDocument>> {
  const sort = orderSort(args.sort, viewer);
  const filter = { ...owner, ...orderFilter(args.filter ?? {}) } as QueryFilter<OrderDocument>;
  if (!owner) return nobodys;
  const hint = indexFor(filter, sort);
  return readConnection(
    { args, sort, filter, limit },
    async (page) => {
      const rows = await models.Order.find(page.filter)
        .sort(page.sort)
        .limit(page.limit)
        .hint(hint)
        .lean<OrderDocument[]>();
      return rows.map((order) => asSeenBy(viewer, order));
    },
    (most) => models.Order.countDocuments(filter, { limit: most, hint }),
  );
}

function orderSort(sort: OrderSort | null | undefined, { role }: Viewer): KeysetSort {
  const key = sort?.key ?? "ORDER_DATE";
  if (key === "TOTAL_AMOUNT" && role === "supplier") {
    // Order and cursors would tell what others sold in the same order.
    throw badUserInput("Suppliers sort orders by ORDER_DATE.", ["sort", "key"]);
  }
  return { path: sortPaths[key], direction: sort?.direction === "ASC" ? 1 : -1 };
}

/**
 * Names the index whose order is the list's; states and dates of payment are tested on the way. Left to itself the planner
 * sometimes takes a narrower index and sorts in memory, which is faster on small data and fails on large.
 */
function indexFor(filter: QueryFilter<OrderDocument>, { path }: KeysetSort): Record<string, 1> {
  const order = { [path]: 1, _id: 1 } as const;
  const owner = ["customerId", "companyId", "items.supplierId"].find((name) => name in filter);
  if (filter.approvalStatus === awaited && path === "orderDate" && (owner ?? "companyId") === "companyId")
    return { tenantId: 1, approvalStatus: 1, ...(owner && { companyId: 1 }), ...order };
  if (owner) return { tenantId: 1, [owner]: 1, ...order };
  // Staff look through all orders: states narrow that down, and the server merges the ranges of several in order.
  const state = path === "orderDate" ? ["status", "paymentStatus"].find((name) => name in filter) : undefined;
  return { tenantId: 1, ...(state && { [state]: 1 }), ...order };
}

function orderFilter({ statuses, paymentStatus, awaitsApproval, from, to }: OrderFilter): object {
  if (statuses && (statuses.length === 0 || statuses.length > 5)) {
    throw badUserInput("`statuses` takes 1 to 5 values.", ["filter", "statuses"]);
  }
  const orderDate = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  return {
    ...(statuses && { status: { $in: statuses } }),
    ...(paymentStatus && { paymentStatus }),
    // An order that was called off meanwhile waits no more.
    ...(awaitsApproval === true && { approvalStatus: awaited, $and: [{ status: "pending" }] }),
    ...(awaitsApproval === false && { $nor: [{ approvalStatus: awaited, status: "pending" }] }),
    ...(Object.keys(orderDate).length > 0 && { orderDate }),
  };
}
