// Fields that this subgraph adds to types of others.
import { badUserInput } from "@tradegraph/kit/errors";
import { pageLimit } from "@tradegraph/kit/pagination";
import { remainingOf } from "../allowance.ts";
import {
  type CompanyMembershipResolvers,
  type CompanyResolvers,
  type ProductResolvers,
  type UserResolvers,
} from "../generated/resolvers.ts";
import { longestLookbackDays } from "../periods.ts";
import { listCompanyOrders, listUserOrders } from "../queries/list-orders.ts";

export const Product: ProductResolvers = {
  __resolveReference: ({ id }) => ({ id: String(id) }),
  lastOrderedAt: ({ id }, _, { loaders }) => loaders.lastOrderTime.load(id),
  orderedQuantity({ id }, { days }, { loaders }) {
    const span = days ?? 90;
    if (span < 1 || span > longestLookbackDays) throw badUserInput("`days` must be between 1 and 365.", ["days"]);
    return loaders.orderedQuantity.load({ productId: id, days: span });
  },
};

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id: String(id) }),
  orders: ({ id }, args, { models, viewer, nested }, info) =>
    nested(() => listUserOrders({ models, viewer, args, limit: pageLimit(info) }, id)),
};

// Limits arrive by @requires: what the caller says, good enough to show, never to sell by.
export const Company: CompanyResolvers = {
  __resolveReference: (company) => ({ ...company, id: String(company.id) }),
  async availableCredit({ id, creditLimit }, _, { loaders }) {
    if (!creditLimit) return null;
    return remainingOf(
      creditLimit,
      await loaders.openInvoiceSum.load({ companyId: id, currency: creditLimit.currencyCode }),
    );
  },
  orders: ({ id }, args, { models, viewer, nested }, info) =>
    nested(() => listCompanyOrders({ models, viewer, args, limit: pageLimit(info) }, id)),
};

export const CompanyMembership: CompanyMembershipResolvers = {
  __resolveReference: (membership) => ({ ...membership, id: String(membership.id) }),
  async remainingSpend({ user, company, inheritedFrom, spendingPeriod, spendingLimit: limit }, _, { loaders }) {
    if (!limit || !spendingPeriod || !user || !company) return null;
    if (spendingPeriod === "ORDER") return remainingOf(limit, 0);
    const { id: companyId } = inheritedFrom ?? company;
    const key = { userId: user.id, companyId, period: spendingPeriod, currency: limit.currencyCode };
    return remainingOf(limit, await loaders.spent.load(key));
  },
};
