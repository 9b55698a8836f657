// GraphQL's names ↔ stored values (ruling 4).

export type StoredPostAs = "buyer" | "seller";

const postAs = { BUYER: "buyer", SELLER: "seller" } as const;

/** Resolver map to spread: the executor translates in both directions. */
export const enumResolvers = {
  PostAs: postAs,
  PostAsFilter: postAs,
};
