// Who may see what. Orders, carts, payments and quotes come out of filters by the viewer (access.ts, loaders.ts, queries/);
// the rules here are about fields that fewer may read than the document, and about sums that no filter guards.
import { forbidden, unauthenticated } from "@tradegraph/kit/errors";
import { allow, type PermissionMap, viewerRule } from "@tradegraph/kit/permissions";
import { type Viewer } from "@tradegraph/kit/viewer";
import { actsFor, isBuyerSide, readsOrdersOf, seesEverything } from "./access.ts";
import { type OrderDocument } from "./models/order.ts";
import { type PaymentDocument } from "./models/payment.ts";
import { type QuoteDocument } from "./models/quote.ts";
import { type CompanyReference, type MembershipReference, type Reference } from "./models/references.ts";

const orRefuse = (allowed: boolean, { role }: Viewer, message?: string) =>
  allowed || (role === "anonymous" ? unauthenticated() : forbidden(message));

const known = viewerRule(
  "known",
  (viewer) => orRefuse(viewer.role !== "anonymous", viewer),
  "everybody with an account or a key",
);

const buyers = viewerRule(
  "buyers",
  (viewer) => orRefuse(viewer.role === "customer" || seesEverything(viewer), viewer),
  "customers, staff of orders, or our own programs",
);

const buyerSide = viewerRule<OrderDocument | PaymentDocument | QuoteDocument>(
  "buyerSide",
  (viewer, bought) => orRefuse(isBuyerSide(viewer, bought), viewer, "Only the buyer and staff see this."),
  "the buyer, whoever reads the company's orders, staff of orders, or our own programs",
);

const self = viewerRule<Reference>(
  "self",
  (viewer, { id }) =>
    orRefuse(seesEverything(viewer) || viewer.userId === id, viewer, "Only the person and staff see these orders."),
  "the person, staff of orders, or our own programs",
);

/** Also to members of it who act for another one now. */
const notActingFor =
  "Only staff and who acts for the company now see this; `tokenRefresh` with its id makes you act for it.";

const member = viewerRule<CompanyReference>(
  "member",
  (viewer, { id }) => orRefuse(seesEverything(viewer) || actsFor(viewer, id), viewer, notActingFor),
  "who acts for the company, staff of orders, or our own programs",
);

const memberOrPartner = viewerRule<CompanyReference>(
  "memberOrPartner",
  (viewer, { id }) =>
    orRefuse(seesEverything(viewer) || actsFor(viewer, id) || readsOrdersOf(viewer, id), viewer, notActingFor),
  "who acts for the company, its partners, staff of orders, or our own programs",
);

const colleague = viewerRule<MembershipReference>(
  "colleague",
  (viewer, { user, company }) => {
    const isOwn = viewer.userId !== undefined && viewer.userId === user?.id;
    const isColleague = company ? actsFor(viewer, company.id) : false;
    return orRefuse(seesEverything(viewer) || isOwn || isColleague, viewer, "Only colleagues and staff see this.");
  },
  "who acts for the same company, staff of orders, or our own programs",
);

const mayOrder = viewerRule(
  "mayOrder",
  (viewer) => {
    if (viewer.role !== "customer") return orRefuse(false, viewer, "Only customers place orders.");
    return viewer.companyId === undefined || viewer.scopes.includes("orders:place")
      ? true
      : forbidden("Your role does not place orders, or the company may not trade now; ask its administrator.");
  },
  "customers; for a company with the scope `orders:place`",
);

const mayApprove = viewerRule(
  "mayApprove",
  (viewer) =>
    orRefuse(
      viewer.role === "customer" && viewer.companyId !== undefined && viewer.scopes.includes("orders:approve"),
      viewer,
      "Only approvers of the company do this.",
    ),
  "customers who act for a company with the scope `orders:approve`",
);

export const permissions: PermissionMap = {
  Query: { cart: known, order: known, orders: known, quote: buyers, quotes: buyers },
  Mutation: { orderPlace: mayOrder, orderApprove: mayApprove },
  Order: { "*": allow, billingAddress: buyerSide, payments: buyerSide },
  Payment: buyerSide,
  Quote: buyerSide,
  User: { "*": allow, orders: self },
  Company: { "*": allow, availableCredit: member, orders: memberOrPartner },
  CompanyMembership: { "*": allow, remainingSpend: colleague },
  Address: allow,
  Cart: allow,
  CartLine: allow,
  InsufficientStockError: allow,
  InvalidInputError: allow,
  InvalidTransitionError: allow,
  Money: allow,
  OrderConnection: allow,
  OrderEdge: allow,
  OrderHistoryEntry: allow,
  OrderApprovePayload: allow,
  OrderItem: allow,
  OrderPlacePayload: allow,
  PageInfo: allow,
  Product: allow,
  ProductUnavailableError: allow,
  QuantityRuleError: allow,
  QuoteConnection: allow,
  QuoteEdge: allow,
  QuoteLine: allow,
  QuoteMessage: allow,
};
