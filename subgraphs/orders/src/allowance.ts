import { type StoredMoney } from "@tradegraph/kit/money";
import { type MoneyReference } from "./models/references.ts";

/** What is left of a limit; below zero when more was used than allowed. */
export const remainingOf = (limit: MoneyReference, used: number): StoredMoney => ({
  amount: limit.amountMinor - used,
  currency: limit.currencyCode,
});
