// What companies owe and people have spent: sums over orders, by currency, because amounts of two do not add.
import { type Types } from "mongoose";
import { type StoredPaymentStatus } from "../enums.ts";
import { type Models } from "../models.ts";
import { boughtStates } from "../order-states.ts";
import { periodStart, type SpendingPeriod } from "../periods.ts";

/** An invoice whose transfer failed is still owed. */
const owedStatuses: StoredPaymentStatus[] = ["unpaid", "failed"];

/** Open invoices of each company, by `<company id>:<currency>`. */
export async function openInvoices(models: Models, companyIds: Types.ObjectId[]): Promise<Map<string, number>> {
  const rows = await models.Order.aggregate<{ _id: { company: Types.ObjectId; currency: string }; amount: number }>([
    {
      $match: {
        companyId: { $in: companyIds },
        paymentMethod: "invoice",
        paymentStatus: { $in: owedStatuses },
        status: { $in: [...boughtStates] },
      },
    },
    {
      $group: {
        _id: { company: "$companyId", currency: "$totalAmount.currency" },
        amount: { $sum: "$totalAmount.amount" },
      },
    },
  ]).hint({ tenantId: 1, companyId: 1, paymentMethod: 1, paymentStatus: 1, status: 1 });
  return new Map(rows.map(({ _id, amount }) => [`${_id.company.toHexString()}:${_id.currency}`, amount]));
}

export interface SpendingKey {
  userId: string;
  /** Of the membership. */
  companyId: string;
  period: SpendingPeriod;
}

export const spendingKeyText = ({ userId, companyId, period }: SpendingKey): string =>
  `${userId}:${companyId}:${period}`;

interface SpendingRow {
  _id: { user: Types.ObjectId; company: Types.ObjectId; currency: string };
  month: number;
  year: number;
}

/**
 * What people have ordered by their memberships in companies, for those companies and others below, in the running month
 * and year, by `<spending key>:<currency>`. Orders that wait for approval count; those that were rejected or called off
 * do not.
 *
 * @param people with ids of orders to leave out
 */
export async function spending(
  models: Models,
  people: { userIds: Types.ObjectId[]; companyIds: Types.ObjectId[]; except?: Types.ObjectId[] },
  now = new Date(),
): Promise<Map<string, number>> {
  const isThisMonth = { $gte: ["$orderDate", periodStart("MONTH", now)] };
  const rows = await models.Order.aggregate<SpendingRow>([
    {
      $match: {
        customerId: { $in: people.userIds },
        $or: [
          { limitCompanyId: { $in: people.companyIds } },
          { limitCompanyId: { $exists: false }, companyId: { $in: people.companyIds } },
        ],
        status: { $in: [...boughtStates] },
        orderDate: { $gte: periodStart("YEAR", now) },
        ...(people.except?.length && { _id: { $nin: people.except } }),
      },
    },
    {
      $group: {
        _id: {
          user: "$customerId",
          company: { $ifNull: ["$limitCompanyId", "$companyId"] },
          currency: "$totalAmount.currency",
        },
        month: { $sum: { $cond: [isThisMonth, "$totalAmount.amount", 0] } },
        year: { $sum: "$totalAmount.amount" },
      },
    },
  ]).hint({ tenantId: 1, customerId: 1, orderDate: 1, _id: 1 });
  return new Map(
    rows.flatMap(({ _id: { user, company, currency }, month, year }) => {
      const key = (period: SpendingPeriod) =>
        spendingKeyText({ userId: user.toHexString(), companyId: company.toHexString(), period });
      return [[`${key("MONTH")}:${currency}`, month] as const, [`${key("YEAR")}:${currency}`, year] as const];
    }),
  );
}
