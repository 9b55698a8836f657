// The life of an order in one table; everything that asks "may it?" asks here (domain-and-data 4.4).
import { type StoredApprovalStatus, type StoredOrderStatus } from "./enums.ts";

const transitions: Readonly<Record<StoredOrderStatus, readonly StoredOrderStatus[]>> = {
  pending: ["confirmed", "cancelled"],
  confirmed: ["shipped", "cancelled"],
  shipped: ["delivered"],
  // Ends: returns and refunds move the payment, not the order.
  delivered: [],
  cancelled: [],
};

/** States that can follow this one. An order that waits for approval can only be called off. */
export const allowedTransitions = (
  from: StoredOrderStatus,
  approval?: StoredApprovalStatus,
): readonly StoredOrderStatus[] =>
  approval === "pending" ? transitions[from].filter((to) => to === "cancelled") : transitions[from];

/** States in which an order counts as bought. */
export const boughtStates: readonly StoredOrderStatus[] = ["pending", "confirmed", "shipped", "delivered"];
