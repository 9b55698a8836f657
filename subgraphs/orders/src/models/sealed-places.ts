import { type SealedPlace } from "@tradegraph/kit/sealed-field";

/** Where this subgraph keeps sealed values; each is bound to its place. */
export const sealedPlaces = {
  shippingAddress: { collection: "orders", field: "shippingAddress" },
  billingAddress: { collection: "orders", field: "billingAddress" },
} satisfies Record<string, SealedPlace>;
