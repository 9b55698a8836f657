// Who sees and does what in orders. Buyers see what is theirs; of their company all with the permission for it, as
// partners with a key for orders do; suppliers see orders with lines of theirs, but not how they were paid; the staff of
// this area and our own programs see everything of the tenant.
import { type Rule, type SubgraphExpectations } from "../expectation.ts";

const clerks = "admin staffOrders services";
const readers = { customers: "own", readers: "own company", [clerks]: "all" };
const everywhere = "own company child parent otherCompany other otherTenant";

/** Orders themselves: visitors are refused, everybody else has what is theirs or nothing. */
const ofOrders: Rule = {
  sees: { ...readers, supplier: "own", partnerOrders: "company" },
  refused: { anonymous: everywhere },
  rest: "nothing",
};

/** What only the buyer's side and staff see: suppliers and partners have none of it, and are told so. */
const quotes: Rule = {
  sees: readers,
  nothing: { [`customers ${clerks}`]: everywhere },
  rest: "refused",
};

const carts: Rule = {
  sees: { customers: "own", members: "own company", [clerks]: "all" },
  refused: { anonymous: everywhere },
  rest: "nothing",
};

const withoutErrors = (rule: Rule): Rule => ({ sees: rule.sees, rest: "nothing" });

export const orders: SubgraphExpectations = {
  operations: {
    "Query.cart(id)": { about: "cart", ...carts },
    "Query.order(id)": { about: "order", ...ofOrders },
    "Query.order(number)": { about: "order", ...ofOrders },
    "Query.orders": { about: "order", ...ofOrders },
    "Query.quote": { about: "quote", ...quotes },
    "Query.quotes": { about: "quote", ...quotes },
    "Mutation.orderPlace": { about: "product", sees: { customers: "other" } },
    "Mutation.orderApprove(approve)": { about: "waitingOrder", sees: { readers: "company" } },
    "Mutation.orderApprove(reject)": { about: "waitingOrder", sees: { readers: "company" } },
  },
  entities: {
    Cart: { about: "cart", ...withoutErrors(carts) },
    CartLine: { about: "cartLine", ...withoutErrors(carts) },
    Order: {
      about: "order",
      ...withoutErrors(ofOrders),
      fields: {
        billingAddress: { sees: { ...readers, partnerOrders: "company" } },
        payments: { sees: { ...readers, partnerOrders: "company" } },
        purchaseOrderNumber: { sees: { ...readers, partnerOrders: "company" }, rest: "nothing" },
        notes: { sees: { ...readers, partnerOrders: "company" }, rest: "nothing" },
      },
    },
    Payment: { about: "payment", sees: { ...readers, partnerOrders: "company" }, rest: "nothing" },
    Quote: { about: "quote", sees: readers, rest: "nothing" },
    // When and how much was ordered in the shop is told of every product, by whom is not.
    Product: {
      about: "product",
      isStub: true,
      sees: { everybody: "own other otherTenant" },
      fields: {
        lastOrderedAt: { sees: { everybody: "all" }, rest: "nothing" },
        orderedQuantity: { sees: { everybody: "all" }, rest: "nothing" },
      },
    },
    User: {
      about: "user",
      isStub: true,
      sees: { everybody: everywhere },
      fields: {
        orders: {
          sees: { customers: "own", [clerks]: "all" },
          // Somebody else than a customer buys nothing.
          nothing: { accounts: "own", [clerks]: "otherTenant" },
        },
      },
    },
    Company: {
      about: "company",
      isStub: true,
      sees: { everybody: everywhere },
      fields: {
        availableCredit: { sees: { members: "company", [clerks]: "all otherTenant" } },
        orders: {
          // Buyers those that they placed themselves.
          sees: { members: "company", [clerks]: "all", partnerOrders: "company" },
          nothing: { [clerks]: "otherTenant" },
        },
      },
    },
    CompanyMembership: {
      about: "membership",
      isStub: true,
      sees: { everybody: everywhere },
      fields: { remainingSpend: { sees: { members: "own company", [clerks]: "all otherTenant" } } },
    },
  },
};
