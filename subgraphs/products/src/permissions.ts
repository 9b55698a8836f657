// Who may see what. Catalogue, list prices, stores and stock levels are public (ruling 13).
import { allow, hasRole, isService, or, type PermissionMap, staff, viewerRule } from "@tradegraph/kit/permissions";
import { forbidden } from "@tradegraph/kit/errors";
import { type ProductDocument } from "./models/product.ts";

const isSupplier = viewerRule<ProductDocument>(
  "isSupplier",
  ({ role, userId }, { supplierId }) =>
    role === "supplier" && supplierId.toHexString() === userId
      ? true
      : forbidden("Only staff and the product's supplier see its stock by store."),
  "the product's supplier",
);

const sellers = or(staff("catalogue"), hasRole("supplier"));

export const permissions: PermissionMap = {
  Query: {
    "*": allow,
    priceLists: staff("catalogue"),
    productOffers: isService("stock"),
  },
  Mutation: isService("stock"),
  Product: { "*": allow, inventory: or(staff("catalogue"), isSupplier) },
  // Whose shelves a supplier reaches is decided where they come from: the rule above, and the loader for `_entities`.
  Inventory: sellers,
  PriceList: staff("catalogue"),
  PriceListEntry: staff("catalogue"),
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
