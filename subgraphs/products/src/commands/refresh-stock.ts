import { type Types } from "mongoose";
import { type Models } from "../models.ts";

/**
 * Brings the copy of the stock that products carry for filters up to date. It may lag behind for a moment when two orders
 * cross; `inventory` is what sales are made from, and the next movement puts the copy right.
 */
export async function refreshStock(models: Models, productIds: Types.ObjectId[]): Promise<void> {
  if (productIds.length === 0) return;
  const sums = await models.Inventory.aggregate<{ _id: Types.ObjectId; available: number }>([
    { $match: { productId: { $in: productIds } } },
    { $group: { _id: "$productId", available: { $sum: "$available" } } },
  ]);
  await models.Product.bulkWrite(
    sums.map(({ _id, available }) => ({
      updateOne: {
        filter: { _id, stock: { $ne: available } },
        update: { $set: { stock: available, inStock: available > 0 } },
        // The goods move, the product's description does not: lists by UPDATED_AT stay as they are.
        timestamps: false,
      },
    })),
    { ordered: false },
  );
}
