// When calendar periods begin, in UTC: limits must not depend on where a server stands.

/** Longest span that `orderedQuantity` looks back over. */
export const longestLookbackDays = 365;

export type SpendingPeriod = "MONTH" | "YEAR";

/** First instant of the running month or year. */
export const periodStart = (period: SpendingPeriod, now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), period === "MONTH" ? now.getUTCMonth() : 0));

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * 86_400_000);
