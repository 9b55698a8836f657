// GraphQL's names ↔ stored values (ruling 4).

export type StoredOrderStatus = "pending" | "confirmed" | "shipped" | "delivered" | "cancelled";
export type StoredPaymentStatus = "unpaid" | "authorized" | "paid" | "refunded" | "failed";
export type StoredApprovalStatus = "not_required" | "pending" | "approved" | "rejected";
export type StoredPaymentMethod = "card" | "paypal" | "invoice" | "bank_transfer";
export type StoredPaymentProvider = "stripe" | "paypal" | "manual";
export type StoredQuoteStatus = "requested" | "offered" | "accepted" | "declined" | "expired";

const orderStatus = {
  PENDING: "pending",
  CONFIRMED: "confirmed",
  SHIPPED: "shipped",
  DELIVERED: "delivered",
  CANCELLED: "cancelled",
} as const;

const paymentStatus = {
  UNPAID: "unpaid",
  AUTHORIZED: "authorized",
  PAID: "paid",
  REFUNDED: "refunded",
  FAILED: "failed",
} as const;

const paymentMethod = { CARD: "card", PAYPAL: "paypal", INVOICE: "invoice", BANK_TRANSFER: "bank_transfer" } as const;

const approvalStatus = {
  NOT_REQUIRED: "not_required",
  PENDING: "pending",
  APPROVED: "approved",
  REJECTED: "rejected",
} as const;

const paymentProvider = { STRIPE: "stripe", PAYPAL: "paypal", MANUAL: "manual" } as const;

const quoteStatus = {
  REQUESTED: "requested",
  OFFERED: "offered",
  ACCEPTED: "accepted",
  DECLINED: "declined",
  EXPIRED: "expired",
} as const;

/** Resolver map to spread: the executor translates in both directions. */
export const enumResolvers = {
  ApprovalStatus: approvalStatus,
  OrderStatus: orderStatus,
  OrderStatusFilter: orderStatus,
  PaymentMethod: paymentMethod,
  PaymentMethodInput: paymentMethod,
  PaymentProvider: paymentProvider,
  PaymentStatus: paymentStatus,
  PaymentStatusFilter: paymentStatus,
  QuoteStatus: quoteStatus,
};

/** Stored values, for the validators of models. */
export const orderStatuses: StoredOrderStatus[] = Object.values(orderStatus);
export const paymentStatuses: StoredPaymentStatus[] = Object.values(paymentStatus);
export const paymentMethods: StoredPaymentMethod[] = Object.values(paymentMethod);
export const approvalStatuses: StoredApprovalStatus[] = Object.values(approvalStatus);
export const paymentProviders: StoredPaymentProvider[] = Object.values(paymentProvider);
export const quoteStatuses: StoredQuoteStatus[] = Object.values(quoteStatus);
