import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type ProductDocument } from "../models/product.ts";

type Copy = Pick<ProductDocument, "_id" | "moq" | "stock" | "inStock">;

/**
 * Brings the copy of the stock that products carry for filters up to date; `inventory` is what sales are made from. Two
 * movements that cross may write in the wrong order, so whoever has written looks again: the last writer finds the copy
 * right. The bound is for a product that sells without a pause; its next movement goes on.
 */
export async function refreshStock(models: Models, productIds: Types.ObjectId[]): Promise<void> {
  if (productIds.length === 0) return;
  for (let round = 0; round < 10; round += 1) if (!(await correctCopies(models, productIds))) return;
}

/** @returns whether anything was wrong */
async function correctCopies(models: Models, productIds: Types.ObjectId[]): Promise<boolean> {
  const [sums, copies] = await Promise.all([
    models.Inventory.aggregate<{ _id: Types.ObjectId; available: number }>([
      { $match: { productId: { $in: productIds } } },
      { $group: { _id: "$productId", available: { $sum: "$available" } } },
    ]),
    models.Product.find({ _id: { $in: productIds } }, { moq: 1, stock: 1, inStock: 1 }).lean<Copy[]>(),
  ]);
  const available = new Map(sums.map((sum) => [sum._id.toHexString(), sum.available]));
  const corrections = copies.flatMap(({ _id, moq, stock, inStock }) => {
    const right = available.get(_id.toHexString()) ?? 0;
    if (stock === right && inStock === right >= moq) return [];
    // Only what is wrong: lists by `inStock` are looked up anew when it turns, not with each piece that is sold.
    const isRight = inStock === right >= moq;
    return { filter: { _id }, update: { $set: { stock: right, ...(!isRight && { inStock: right >= moq }) } } };
  });
  if (corrections.length === 0) return false;
  await models.Product.bulkWrite(
    // The goods move, the product's description does not: lists by UPDATED_AT stay as they are.
    corrections.map((correction) => ({ updateOne: { ...correction, timestamps: false } })),
    { ordered: false },
  );
  return true;
}
