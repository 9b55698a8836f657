// What a person can put right, as `OrderPlacePayload.userErrors` says it.
import { type StoredApprovalStatus } from "./enums.ts";

interface ErrorText {
  message: string;
  /** Path of the input field. */
  field: string[];
}

export interface InvalidInput extends ErrorText {
  __typename: "InvalidInputError";
}

export interface ProductUnavailable extends ErrorText {
  __typename: "ProductUnavailableError";
  productId: string;
}

export interface QuantityRuleBroken extends ErrorText {
  __typename: "QuantityRuleError";
  productId: string;
  minimum: number;
  /** Absent without limit. */
  maximum?: number | undefined;
  increment: number;
}

export interface InsufficientStock extends ErrorText {
  __typename: "InsufficientStockError";
  productId: string;
  requested: number;
  available: number;
}

export interface InvalidTransition extends ErrorText {
  __typename: "InvalidTransitionError";
  current: StoredApprovalStatus;
}

export type OrderPlaceError = InvalidInput | ProductUnavailable | QuantityRuleBroken | InsufficientStock;

export const invalidInput = (message: string, ...field: string[]): InvalidInput => ({
  __typename: "InvalidInputError",
  message,
  field: ["input", ...field],
});
