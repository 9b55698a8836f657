// Valid documents, changed as a test wants. They go past mongoose, so that dates stay as given; the validators of the
// database still look at them.
import { type StoredMoney } from "@tradegraph/kit/money";
import { withOutbox } from "@tradegraph/kit/outbox";
import { serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Model, Types } from "mongoose";
import { type Models } from "../src/models.ts";
import { type CategoryDocument } from "../src/models/category.ts";
import { type InventoryDocument } from "../src/models/inventory.ts";
import { type PriceListDocument, type PriceListEntryDocument } from "../src/models/price-list.ts";
import { type ProductDocument } from "../src/models/product.ts";
import { type StoreDocument } from "../src/models/store.ts";

export const euro = (amount: number): StoredMoney => ({ amount, currency: "EUR" });
let serial = 0;

const base = () => {
  serial += 1;
  const now = new Date();
  return {
    _id: new Types.ObjectId(),
    tenantId: testTenant,
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...withOutbox(),
  };
};

/** A product on sale, not stored. */
export function productDocument(overrides: Partial<ProductDocument> = {}): ProductDocument {
  const common = base();
  const name = overrides.name ?? `Bolt ${serial}`;
  const categoryId = overrides.categoryId ?? new Types.ObjectId();
  return {
    ...common,
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
    hasOrigin: false,
    stock: 0,
    inStock: false,
    isActive: true,
    ...overrides,
    name,
  };
}

export function categoryDocument(overrides: Partial<CategoryDocument> = {}): CategoryDocument {
  const common = base();
  const name = `Category ${serial}`;
  const slug = `category-${serial}`;
  return { ...common, name, slug, parentId: null, ancestors: [], sortOrder: 0, isActive: true, ...overrides };
}

export function priceListDocument(overrides: Partial<PriceListDocument> = {}): PriceListDocument {
  return { ...base(), name: `List ${serial}`, priority: 1, companyIds: [], ...overrides };
}

export function priceListEntryDocument(overrides: Partial<PriceListEntryDocument> = {}): PriceListEntryDocument {
  const ids = { priceListId: new Types.ObjectId(), productId: new Types.ObjectId() };
  return { ...base(), ...ids, minimumQuantity: 1, price: euro(900), ...overrides };
}

export function storeDocument(overrides: Partial<StoreDocument> = {}): StoreDocument {
  const location = { type: "Point" as const, coordinates: [10, 53.5] as [number, number] };
  return { ...base(), name: `Store ${serial}`, city: "Hamburg", country: "DE", location, isActive: true, ...overrides };
}

/** Units of a product in a store. */
export function inventoryDocument(
  productId: Types.ObjectId,
  onHand: number,
  overrides: Partial<InventoryDocument> = {},
): InventoryDocument {
  const units = { onHand, available: onHand, reserved: 0, reservations: [], recent: [] };
  return { ...base(), productId, storeId: new Types.ObjectId(), ...units, ...overrides };
}

/** Stores documents as they are. */
export async function store<T>(model: Model<T>, documents: T[]): Promise<T[]> {
  // The driver adds nothing: every document has an id.
  await model.collection.insertMany(documents as never, { ordered: false });
  return documents;
}

const storeOne = async <T>(model: Model<T>, document: T): Promise<T> => {
  await store(model, [document]);
  return document;
};

export const fakeProduct = (models: Models, overrides: Partial<ProductDocument> = {}) =>
  storeOne(models.Product, productDocument(overrides));

export const fakeCategory = (models: Models, overrides: Partial<CategoryDocument> = {}) =>
  storeOne(models.Category, categoryDocument(overrides));

export const fakePriceList = (models: Models, overrides: Partial<PriceListDocument> = {}) =>
  storeOne(models.PriceList, priceListDocument(overrides));

export const fakePriceListEntry = (models: Models, overrides: Partial<PriceListEntryDocument> = {}) =>
  storeOne(models.PriceListEntry, priceListEntryDocument(overrides));

export const fakeStore = (models: Models, overrides: Partial<StoreDocument> = {}) =>
  storeOne(models.Store, storeDocument(overrides));

export const fakeInventory = (
  models: Models,
  productId: Types.ObjectId,
  onHand: number,
  overrides: Partial<InventoryDocument> = {},
) => storeOne(models.Inventory, inventoryDocument(productId, onHand, overrides));

/** Somebody with an account. */
export const fakeViewer = (role: Viewer["role"], overrides: Partial<Viewer> = {}): Viewer => ({
  tenantId: testTenant,
  role,
  userId: new Types.ObjectId().toHexString(),
  scopes: role === "admin" ? ["admin"] : [],
  ...overrides,
});

/** The order service. */
export const stockService = serviceViewer(testTenant, ["stock"]);
