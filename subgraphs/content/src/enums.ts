// GraphQL's names ↔ stored values (ruling 4).

export const storedReviewStatuses = ["pending", "approved", "rejected"] as const;
export type StoredReviewStatus = (typeof storedReviewStatuses)[number];

/** Resolver map to spread: the executor translates in both directions. */
export const enumResolvers = {
  ReviewStatus: { PENDING: "pending", APPROVED: "approved", REJECTED: "rejected" } as const,
};
