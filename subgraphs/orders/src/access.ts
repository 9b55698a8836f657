// Who may read whose data. Loaders and queries filter by it; permissions.ts says the same for single fields.
import { toObjectId } from "@tradegraph/kit/node-id";
import { sumMoney, timesQuantity } from "@tradegraph/kit/money";
import { isStaff, type Viewer } from "@tradegraph/kit/viewer";
import { type Types } from "mongoose";
import { type OrderDocument } from "./models/order.ts";

/** Lets a member, or a partner of the company, see all its orders, not only the own ones. */
export const readAllScope = "orders:read-all";

/** Staff for orders, and our own programs, read everything of the tenant that is kept here. */
export const seesEverything = (viewer: Viewer): boolean => isStaff(viewer, "orders") || viewer.role === "service";

/** Whether the viewer acts for this company, as a buyer. */
export const actsFor = ({ role, companyId }: Viewer, company: string): boolean =>
  role === "customer" && companyId === company;

type BuyerFilter = { customerId?: Types.ObjectId; companyId?: Types.ObjectId } | Record<string, never>;
type Scope = Readonly<Record<string, Types.ObjectId>>;

/** The company whose things the viewer may all read, undefined without the permission. */
const readableCompany = ({ role, companyId, scopes }: Viewer): Types.ObjectId | undefined =>
  (role === "customer" || role === "partner") && companyId && scopes.includes(readAllScope)
    ? toObjectId(companyId, "companyId")
    : undefined;

/** Whether the viewer may read all orders of this company. */
export const readsOrdersOf = (viewer: Viewer, company: string): boolean =>
  readableCompany(viewer)?.toHexString() === company;

const ownId = ({ role, userId }: Viewer, wanted: Viewer["role"]): Types.ObjectId | undefined =>
  role === wanted && userId ? toObjectId(userId, "userId") : undefined;

/**
 * The list a buyer pages through: all of the company with the permission for it, else the own ones. One owner, so that one
 * index gives the order.
 *
 * @returns undefined when there is no such list for the viewer
 */
export const buyerList = (viewer: Viewer): BuyerFilter | undefined =>
  viewer.role === "partner" ? undefined : readableList(viewer);

function readableList(viewer: Viewer): BuyerFilter | undefined {
  if (seesEverything(viewer)) return {};
  const companyId = readableCompany(viewer);
  if (companyId) return { companyId };
  const customerId = ownId(viewer, "customer");
  return customerId && { customerId };
}

/** The same for orders, where partners have the list of their company, and suppliers that of orders with their lines. */
export function orderList(viewer: Viewer): Scope | undefined {
  const supplierId = ownId(viewer, "supplier");
  return supplierId ? { "items.supplierId": supplierId } : readableList(viewer);
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

/** The same for orders and their payments, which partners read as well. */
export function boughtCondition(viewer: Viewer): object | undefined {
  if (viewer.role !== "partner") return buyerCondition(viewer);
  const companyId = readableCompany(viewer);
  return companyId && { companyId };
}

export function orderCondition(viewer: Viewer): object | undefined {
  const supplierId = ownId(viewer, "supplier");
  return supplierId ? { "items.supplierId": supplierId } : boughtCondition(viewer);
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

/**
 * The part of an order that the viewer may see: suppliers the lines that concern them, and their sum. What the buyer wrote
 * (notes, own number, reasons) and who of the buyer's people did what is the buyer's.
 */
export function asSeenBy(viewer: Viewer, whole: OrderDocument): OrderDocument {
  if (viewer.role !== "supplier") return whole;
  const { notes: _notes, purchaseOrderNumber: _number, ...order } = whole;
  const items = order.items.filter(({ supplierId }) => supplierId.toHexString() === viewer.userId);
  const totals = items.map(({ price, quantity }) => timesQuantity(price, quantity));
  const history = order.history.map(({ status, at }) => ({ status, at }));
  return { ...order, items, history, totalAmount: sumMoney(totals, order.totalAmount.currency) };
}
