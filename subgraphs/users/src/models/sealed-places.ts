import { type SealedPlace } from "@tradegraph/kit/sealed-field";

/** Where this subgraph keeps sealed values; each is bound to its place. */
export const sealedPlaces = {
  phone: { collection: "users", field: "phone" },
  userStreet: { collection: "users", field: "address.street" },
  taxId: { collection: "companies", field: "taxId" },
  companyStreet: { collection: "companies", field: "addresses.street" },
} satisfies Record<string, SealedPlace>;
