// The life of an order in one table; everything that asks "may it?" asks here (domain-and-data 4.4).
import { type StoredOrderStatus } from "./enums.ts";

const transitions: Readonly<Record<StoredOrderStatus, readonly StoredOrderStatus[]>> = {
  pending: ["confirmed", "cancelled"],
  confirmed: ["shipped", "cancelled"],
  shipped: ["delivered"],
  // Ends: returns and refunds move the payment, not the order.
  delivered: [],
  cancelled: [],
};

/** States that can follow this one. */
export const allowedTransitions = (from: StoredOrderStatus): readonly StoredOrderStatus[] => transitions[from];

/** States in which an order counts as bought. */
export const boughtStates: readonly StoredOrderStatus[] = ["pending", "confirmed", "shipped", "delivered"];
