import { type PersonFields } from "@tradegraph/kit/person-fields";

/** Every field about a person in this database; see person-data.ts. */
export const personFields: PersonFields = {
  "carts.note": { exported: "carts", erased: "removed" },
  "orders.shippingAddress": { exported: "orders", erased: "replaced" },
  "orders.billingAddress": { exported: "orders", erased: "replaced" },
  "orders.notes": { exported: "orders", erased: "removed" },
  "orders.history[].reason": { exported: "orders", erased: "removed" },
  "quotes.messages[].body": { exported: "quotes", erased: "replaced" },
};
