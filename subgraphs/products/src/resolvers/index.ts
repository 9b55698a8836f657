import { enumResolvers } from "../enums.ts";
import { type Resolvers } from "../generated/resolvers.ts";
import { CartLine, Company, User } from "./foreign.ts";
import { Category } from "./category.ts";
import { Inventory } from "./inventory.ts";
import { Mutation } from "./mutation.ts";
import { PriceList, PriceListEntry } from "./price-list.ts";
import { Product } from "./product.ts";
import { ProductOffer } from "./product-offer.ts";
import { Query } from "./query.ts";
import { Store } from "./store.ts";

export const resolvers: Resolvers = {
  ...enumResolvers,
  CartLine,
  Category,
  Company,
  Inventory,
  Mutation,
  PriceList,
  PriceListEntry,
  Product,
  ProductOffer,
  Query,
  Store,
  User,
};
