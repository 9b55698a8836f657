// Products as the real products subgraph keeps them, for tests that buy.
import { runForTenant } from "@tradegraph/kit/tenancy";
import { type createModels } from "@tradegraph/products/models";
import { type ProductDocument } from "@tradegraph/products/models/product";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { newId } from "./fakes.ts";

type ProductModels = ReturnType<typeof createModels>;

let serial = 0;

/** A product on sale with units in one store. */
export async function fakeStockedProduct(
  models: ProductModels,
  units: number,
  overrides: Partial<ProductDocument> = {},
): Promise<ProductDocument> {
  serial += 1;
  const categoryId = newId();
  const document = {
    sku: `SKU-${serial}`,
    name: `Bolt ${serial}`,
    nameSort: `bolt ${serial}`,
    categoryId,
    category: "bolts",
    categoryPath: [categoryId],
    price: { amount: 1_000, currency: "EUR" },
    tiers: [],
    moq: 1,
    increment: 1,
    supplierId: newId(),
    images: [],
    unit: "piece",
    certifications: [],
    postAs: "seller",
    attributes: [],
    tags: [],
    ...overrides,
  };
  return runForTenant(testTenant, async () => {
    const product = await models.Product.create(document as Partial<ProductDocument>);
    await models.Inventory.create({
      productId: product._id,
      storeId: newId(),
      onHand: units,
      available: units,
      reserved: 0,
      reservations: [],
      recent: [],
    });
    return product.toObject<ProductDocument>();
  });
}

/** What the one store of a product holds. */
export async function stockOf(models: ProductModels, productId: Types.ObjectId) {
  const shelf = await models.Inventory.collection.findOne({ productId });
  if (!shelf) throw new Error("The product has no stock.");
  const { onHand, reserved, available } = shelf;
  return { onHand, reserved, available };
}
