import { type StoredMoney } from "@tradegraph/kit/money";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { Types } from "mongoose";
import { type Models } from "../src/models.ts";
import { type InventoryDocument } from "../src/models/inventory.ts";
import { type ProductDocument } from "../src/models/product.ts";

const euro = (amount: number): StoredMoney => ({ amount, currency: "EUR" });
let serial = 0;

/** A valid product on sale, changed as the test wants. */
export async function fakeProduct(
  models: Models,
  overrides: Partial<ProductDocument> = {},
  tenantId = testTenant,
): Promise<ProductDocument> {
  serial += 1;
  const name = overrides.name ?? `Bolt ${serial}`;
  const categoryId = overrides.categoryId ?? new Types.ObjectId();
  const document = {
    sku: `SKU-${serial}`,
    nameSort: name.toLowerCase(),
    categoryId,
    category: "bolts",
    categoryPath: [categoryId],
    price: euro(1_000),
    tiers: [],
    moq: 1,
    increment: 1,
    supplierId: new Types.ObjectId(),
    images: [],
    unit: "piece",
    certifications: [],
    postAs: "seller",
    attributes: [],
    tags: [],
    ...overrides,
    name,
  };
  return runForTenant(tenantId, async () =>
    (await models.Product.create(document as Partial<ProductDocument>)).toObject(),
  );
}

/** Stock of a product in a store. */
export async function fakeInventory(
  models: Models,
  productId: Types.ObjectId,
  onHand: number,
  overrides: Partial<InventoryDocument> = {},
): Promise<InventoryDocument> {
  const document = {
    productId,
    storeId: new Types.ObjectId(),
    onHand,
    available: onHand,
    reserved: 0,
    reservations: [],
    recent: [],
    ...overrides,
  };
  return runForTenant(testTenant, async () => (await models.Inventory.create(document)).toObject());
}
