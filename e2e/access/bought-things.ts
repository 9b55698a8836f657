// Orders and carts, complete: a field that is empty in an answer is one that was not shown.
import { type CartDocument } from "@tradegraph/orders/models/cart";
import { type OrderDocument } from "@tradegraph/orders/models/order";
import { type Types } from "mongoose";
import * as orders from "../../subgraphs/orders/test/fakes.ts";
import * as products from "../../subgraphs/products/test/fakes.ts";
import { newId } from "../../subgraphs/users/test/fakes.ts";
import { idOf, type Owner } from "./people.ts";
import { euro, hexOf, type Place, type Thing } from "./thing.ts";

const address = { street: "Kai 1", city: "Hamburg", state: "HH", zip: "20457", country: "DE" };

/** Whose it is in documents of orders. */
export const buyerIn = ({ user, company }: Owner) => ({
  customerId: user._id,
  ...(company && { companyId: company._id }),
});

export async function makeOrder(place: Place, owner: Owner, overrides: orders.PlainOrder = {}): Promise<OrderDocument> {
  const { models } = place.graph;
  // A supplier's own order is one with a line of theirs, bought by somebody else.
  const isSuppliers = place.actor.viewer.role === "supplier" && place.relation === "own";
  const product = await products.fakeProduct(models.products, { tenantId: owner.tenantId });
  const item = orders.fakeItem({ productId: product._id, ...(isSuppliers && { supplierId: owner.user._id }) });
  const buyer = isSuppliers ? {} : buyerIn(owner);
  const dates = { shippedDate: new Date(), deliveredDate: new Date() };
  const texts = { purchaseOrderNumber: "PO-1", notes: "Ring twice." };
  const more = { billingAddress: address, shippingAddress: address, paymentMethod: "invoice" as const };
  const fields = { ...buyer, ...dates, ...texts, ...more, items: [item], ...overrides };
  return orders.fakeOrder(models.orders, fields, owner.tenantId);
}

export const orderThing = (order: OrderDocument): Thing => ({
  ...{ id: idOf(order), tenantId: order.tenantId, name: order.number, version: order.version, at: order.orderDate },
  ...(order.items[0] && { productId: hexOf(order.items[0].productId) }),
});

const cartFields = ({ user, company }: Owner, productId: Types.ObjectId): Partial<CartDocument> => ({
  ownerId: user._id,
  ...(company && { companyId: company._id }),
  // Only the viewer's own may be open: everybody has one such cart.
  isOpen: false,
  lines: [{ _id: newId(), productId, quantity: 3, unitPrice: euro(250) }],
  note: "For the workshop.",
  purchaseOrderNumber: "PO-2",
});

export async function makeCart({ graph }: Place, owner: Owner): Promise<CartDocument> {
  const product = await products.fakeProduct(graph.models.products, { tenantId: owner.tenantId });
  await products.fakeInventory(graph.models.products, product._id, 50, { tenantId: owner.tenantId });
  return orders.fakeCart(graph.models.orders, cartFields(owner, product._id), owner.tenantId);
}
