// Who may see what. Catalogue, list prices, stores and stock levels are public (ruling 13).
import { allow, hasRole, isService, or, type PermissionMap, viewerRule } from "@tradegraph/kit/permissions";
import { forbidden } from "@tradegraph/kit/errors";
import { type ProductDocument } from "./models/product.ts";

const isSupplier = viewerRule<ProductDocument>("isSupplier", ({ role, userId }, { supplierId }) =>
  role === "supplier" && supplierId.toHexString() === userId
    ? true
    : forbidden("Only staff and the product's supplier see its stock by store."),
);

export const permissions: PermissionMap = {
  Query: {
    "*": allow,
    priceLists: hasRole("admin"),
    productOffers: isService("stock"),
  },
  Mutation: isService("stock"),
  Product: { "*": allow, inventory: or(hasRole("admin"), isSupplier) },
  // Whose shelves a supplier reaches is decided where they come from: the rule above, and the loader for `_entities`.
  Inventory: hasRole("admin", "supplier"),
  PriceList: hasRole("admin"),
  PriceListEntry: hasRole("admin"),
  Attribute: allow,
  CartLine: allow,
  Category: allow,
  CategoryConnection: allow,
  CategoryEdge: allow,
  Company: allow,
  LineAvailability: allow,
  Money: allow,
  PageInfo: allow,
  PriceListConnection: allow,
  PriceListEdge: allow,
  PriceListEntryConnection: allow,
  PriceListEntryEdge: allow,
  PriceTier: allow,
  ProductConnection: allow,
  ProductEdge: allow,
  ProductOffer: allow,
  ProductOrigin: allow,
  QuantityRule: allow,
  StockLevel: allow,
  StockReservationPayload: allow,
  StockReservePayload: allow,
  StockShortage: allow,
  Store: allow,
  User: allow,
};
