// What tests of stock share: products with units in stores, reservations, and the sums that must hold.
import { runForTenant } from "@tradegraph/kit/tenancy";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { expect } from "vitest";
import { type StockLine, reserveStock } from "../src/commands/stock-reserve.ts";
import { type Models } from "../src/models.ts";
import { type InventoryDocument } from "../src/models/inventory.ts";
import { type ProductDocument } from "../src/models/product.ts";
import { fakeInventory, fakeProduct } from "./fakes.ts";

let serial = 0;

export const newKey = () => `order-${String((serial += 1)).padStart(8, "0")}`;
export const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
export const inTenant = <T>(work: () => Promise<T>) => runForTenant(testTenant, work);

export const line = (product: { _id: Types.ObjectId }, quantity: number): StockLine => ({
  productId: product._id.toHexString(),
  quantity,
});

/** "fulfilled", or the code of the error. */
export const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "fulfilled",
    (error: { extensions: { code: string } }) => error.extensions.code,
  );

export function createStockRoom(models: Models) {
  const shelvesOf = ({ _id }: { _id: Types.ObjectId }) =>
    models.Inventory.collection.find({ productId: _id }).sort({ _id: 1 }).toArray() as unknown as Promise<
      InventoryDocument[]
    >;
  return {
    shelvesOf,
    /** A product with units in some stores. */
    async stocked(...units: number[]): Promise<ProductDocument> {
      const stock = units.reduce((sum, one) => sum + one, 0);
      const updatedAt = new Date("2026-01-01T00:00:00Z");
      const product = await fakeProduct(models, { stock, inStock: stock > 0, updatedAt });
      for (const onHand of units) await fakeInventory(models, product._id, onHand);
      return product;
    },
    reserve: (lines: StockLine[], key = newKey(), expiresAt = inMinutes(15)) =>
      inTenant(() => reserveStock(models, { key, expiresAt, lines })),
    /** Units over all stores, after checking that each document adds up. */
    async unitsOf(product: { _id: Types.ObjectId }) {
      const sum = { onHand: 0, reserved: 0, available: 0 };
      for (const { onHand, reserved, available, reservations } of await shelvesOf(product)) {
        expect(available + reserved).toBe(onHand);
        expect(Math.min(onHand, reserved, available)).toBeGreaterThanOrEqual(0);
        expect(reservations.reduce((total, { quantity }) => total + quantity, 0)).toBe(reserved);
        sum.onHand += onHand;
        sum.reserved += reserved;
        sum.available += available;
      }
      return sum;
    },
    copyOf: ({ _id }: { _id: Types.ObjectId }) =>
      models.Product.collection.findOne({ _id }, { projection: { _id: 0, stock: 1, inStock: 1, updatedAt: 1 } }),
  };
}

export type StockRoom = ReturnType<typeof createStockRoom>;
