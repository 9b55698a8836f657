import { moneySchema } from "@tradegraph/kit/model";

/** What a member of a company may spend; an invitation says it before there is a member. */
export const spendingLimitFields = {
  spendingLimit: { type: moneySchema, dataClass: "confidential" },
  spendingPeriod: {
    type: String,
    required: true,
    enum: ["order", "month", "year"],
    default: "month",
    dataClass: "confidential",
  },
};
