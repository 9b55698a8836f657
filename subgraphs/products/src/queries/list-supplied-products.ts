import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type ProductDocument } from "../models/product.ts";

type Found = Pick<ProductDocument, "_id" | "sku" | "name" | "nameSort">;

/** What a supplier sells, by name, whoever asks. */
export function listSuppliedProducts(
  models: Models,
  filter: { supplierId: Types.ObjectId; isActive: boolean },
  args: ConnectionArguments,
): Promise<Connection<Found>> {
  const hint = { tenantId: 1, supplierId: 1, isActive: 1, nameSort: 1, _id: 1 } as const;
  return readConnection(
    { args, sort: { path: "nameSort", direction: 1 }, filter },
    ({ filter: page, sort, limit }) =>
      models.Product.find(page, { sku: 1, name: 1, nameSort: 1 }).sort(sort).limit(limit).hint(hint).lean<Found[]>(),
    (most) => models.Product.countDocuments(filter, { limit: most, hint }),
  );
}
