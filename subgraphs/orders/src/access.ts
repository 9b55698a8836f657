// Who may read whose data. Loaders and queries filter by it; permissions.ts says the same for single fields.
import { toObjectId } from "@tradegraph/kit/node-id";
import { sumMoney, timesQuantity } from "@tradegraph/kit/money";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type Types } from "mongoose";
import { type OrderDocument } from "./models/order.ts";

/** Lets a member see all orders of the company, not only the own ones. */
export const readAllScope = "orders:read-all";

/** Staff, and our own programs, read everything of the tenant. */
export const seesEverything = ({ role }: Viewer): boolean => role === "admin" || role === "service";

/** Whether the viewer acts for this company, as a buyer. */
export const actsFor = ({ role, companyId }: Viewer, company: string): boolean =>
  role === "customer" && companyId === company;

type BuyerFilter = { customerId?: Types.ObjectId; companyId?: Types.ObjectId } | Record<string, never>;
type Scope = Readonly<Record<string, Types.ObjectId>>;

/** The company whose things the viewer may all read, undefined without the permission. */
const readableCompany = ({ role, companyId, scopes }: Viewer): Types.ObjectId | undefined =>
  role === "customer" && companyId && scopes.includes(readAllScope) ? toObjectId(companyId, "companyId") : undefined;

const ownId = ({ role, userId }: Viewer, wanted: Viewer["role"]): Types.ObjectId | undefined =>
  role === wanted && userId ? toObjectId(userId, "userId") : undefined;

/**
 * The list a buyer pages through: all of the company with the permission for it, else the own ones. One owner, so that one
 * index gives the order.
 *
 * @returns undefined when there is no such list for the viewer
 */
export function buyerList(viewer: Viewer): BuyerFilter | undefined {
  if (seesEverything(viewer)) return {};
  const companyId = readableCompany(viewer);
  if (companyId) return { companyId };
  const customerId = ownId(viewer, "customer");
  return customerId && { customerId };
}

/** The same for orders, where suppliers have a list too: orders with lines of theirs. */
export function orderList(viewer: Viewer): Scope | undefined {
  const supplierId = ownId(viewer, "supplier");
  return supplierId ? { "items.supplierId": supplierId } : buyerList(viewer);
}

/** Conditions on what was found by its own id: own things, and the company's with the permission for it. */
export function buyerCondition(viewer: Viewer, ownerPath: "customerId" | "ownerId" = "customerId"): object | undefined {
  if (seesEverything(viewer)) return {};
  const own = ownId(viewer, "customer");
  if (!own) return undefined;
  // Carts are shared in the company as they are; orders, payments and quotes need the permission.
  const companyId =
    ownerPath === "ownerId" && viewer.companyId ? toObjectId(viewer.companyId, "companyId") : readableCompany(viewer);
  return companyId ? { $or: [{ [ownerPath]: own }, { companyId }] } : { [ownerPath]: own };
}

export function orderCondition(viewer: Viewer): object | undefined {
  const supplierId = ownId(viewer, "supplier");
  return supplierId ? { "items.supplierId": supplierId } : buyerCondition(viewer);
}

interface Bought {
  customerId: Types.ObjectId;
  companyId?: Types.ObjectId;
}

/** Whether the viewer is on the buyer's side of it, or staff. */
export function isBuyerSide(viewer: Viewer, { customerId, companyId }: Bought): boolean {
  if (seesEverything(viewer)) return true;
  const readable = readableCompany(viewer);
  const isOwn = viewer.role === "customer" && viewer.userId === customerId.toHexString();
  return isOwn || (readable !== undefined && companyId?.equals(readable) === true);
}

/** The part of an order that the viewer may see: suppliers the lines that concern them, and their sum. */
export function asSeenBy(viewer: Viewer, order: OrderDocument): OrderDocument {
  if (viewer.role !== "supplier") return order;
  const items = order.items.filter(({ supplierId }) => supplierId.toHexString() === viewer.userId);
  const totals = items.map(({ price, quantity }) => timesQuantity(price, quantity));
  return { ...order, items, totalAmount: sumMoney(totals, order.totalAmount.currency) };
}
