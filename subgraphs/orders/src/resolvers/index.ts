import { enumResolvers } from "../enums.ts";
import { type Resolvers } from "../generated/resolvers.ts";
import { Cart, CartLine } from "./cart.ts";
import { Company, CompanyMembership, Product, User } from "./foreign.ts";
import { Mutation } from "./mutation.ts";
import { Order, OrderHistoryEntry, OrderItem, Payment } from "./order.ts";
import { Query } from "./query.ts";
import { Quote, QuoteLine, QuoteMessage } from "./quote.ts";

export const resolvers: Resolvers = {
  ...enumResolvers,
  Cart,
  CartLine,
  Company,
  CompanyMembership,
  Mutation,
  Order,
  OrderHistoryEntry,
  OrderItem,
  Payment,
  Product,
  Query,
  Quote,
  QuoteLine,
  QuoteMessage,
  User,
};
