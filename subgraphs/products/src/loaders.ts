// Every DataLoader of this subgraph: one database command for all keys of a request.
import { groupByKey, type LoaderFactory, orderByKey } from "@tradegraph/kit/loader";
import { isObjectIdText, toObjectId } from "@tradegraph/kit/node-id";
import { isStaff, pricedFor, type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { type AgreedPrice } from "./price.ts";
import { type Models } from "./models.ts";
import { type CategoryDocument } from "./models/category.ts";
import { type InventoryDocument } from "./models/inventory.ts";
import { type PriceListDocument, type PriceListEntryDocument } from "./models/price-list.ts";
import { type ProductDocument } from "./models/product.ts";
import { type StoreDocument } from "./models/store.ts";

export type Loaders = ReturnType<typeof createLoaders>;

const idOf = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();

/** Ids that are no ids have no document: `_entities` must answer null, not fail the batch. */
const validIds = (ids: readonly (string | Types.ObjectId)[]) =>
  ids
    .map(String)
    .filter(isObjectIdText)
    .map((id) => new Types.ObjectId(id));

/** Reservations are many and nobody's business. */
const shelfFields = { reservations: 0, recent: 0 } as const;

export function createLoaders(models: Models, createLoader: LoaderFactory, viewer: Viewer) {
  const productById = createLoader("productById", async (ids: readonly (string | Types.ObjectId)[]) => {
    const rows = await models.Product.find({ _id: { $in: validIds(ids) } }).lean<ProductDocument[]>();
    for (const row of rows) productBySku.prime(row.sku, row);
    return orderByKey(ids, rows, idOf);
  });
  const productBySku = createLoader("productBySku", async (skus: readonly string[]) => {
    const rows = await models.Product.find({ sku: { $in: [...skus] } }).lean<ProductDocument[]>();
    for (const row of rows) productById.prime(row._id, row);
    return orderByKey(skus, rows, ({ sku }) => sku);
  });
  const categoryById = createLoader("categoryById", async (ids: readonly (string | Types.ObjectId)[]) => {
    const rows = await models.Category.find({ _id: { $in: validIds(ids) } }).lean<CategoryDocument[]>();
    for (const row of rows) categoryBySlug.prime(row.slug, row);
    return orderByKey(ids, rows, idOf);
  });
  const categoryBySlug = createLoader("categoryBySlug", async (slugs: readonly string[]) => {
    const rows = await models.Category.find({ slug: { $in: [...slugs] } }).lean<CategoryDocument[]>();
    for (const row of rows) categoryById.prime(row._id, row);
    return orderByKey(slugs, rows, ({ slug }) => slug);
  });
  const categoriesByParent = createLoader("categoriesByParent", async (ids: readonly Types.ObjectId[]) => {
    const rows = await models.Category.find({ parentId: { $in: [...ids] }, isActive: true }).lean<CategoryDocument[]>();
    rows.sort((a, b) => a.sortOrder - b.sortOrder || idOf(a).localeCompare(idOf(b)));
    return groupByKey(ids, rows, ({ parentId }) => String(parentId));
  });
  const storeById = createLoader("storeById", async (ids: readonly (string | Types.ObjectId)[]) => {
    const rows = await models.Store.find({ _id: { $in: validIds(ids) } }).lean<StoreDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  // Only `_entities` asks for a shelf by its id, past the rule of Product.inventory: staff get any, a supplier those of
  // its own products, everybody else none.
  const inventoryById = createLoader("inventoryById", async (ids: readonly (string | Types.ObjectId)[]) => {
    const seesAll = isStaff(viewer, "catalogue");
    if (!seesAll && viewer.role !== "supplier") return ids.map(() => null);
    const rows = await models.Inventory.find({ _id: { $in: validIds(ids) } }, shelfFields).lean<InventoryDocument[]>();
    if (seesAll) return orderByKey(ids, rows, idOf);
    const products = await Promise.all(rows.map(({ productId }) => productById.load(productId)));
    const own = rows.filter((_, index) => products[index]?.supplierId.toHexString() === viewer.userId);
    return orderByKey(ids, own, idOf);
  });
  const inventoryByProduct = createLoader("inventoryByProduct", async (ids: readonly (string | Types.ObjectId)[]) => {
    const filter = { productId: { $in: validIds(ids) } };
    const rows = await models.Inventory.find(filter, shelfFields).lean<InventoryDocument[]>();
    return groupByKey(ids, rows, ({ productId }) => productId.toHexString());
  });
  const priceListById = createLoader("priceListById", async (ids: readonly (string | Types.ObjectId)[]) => {
    if (!isStaff(viewer, "catalogue")) return ids.map(() => null);
    const rows = await models.PriceList.find({ _id: { $in: validIds(ids) } }).lean<PriceListDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  const priceListsByCompany = createLoader("priceListsByCompany", async (ids: readonly string[]) => {
    const companyIds = ids.map((id) => toObjectId(id));
    const rows = await models.PriceList.find({ companyIds: { $in: companyIds } }).lean<PriceListDocument[]>();
    return ids.map((id) => rows.filter((row) => row.companyIds.some((companyId) => companyId.equals(id))));
  });
  const agreedPrices = createLoader(
    "agreedPrices",
    async (ids: readonly Types.ObjectId[]): Promise<AgreedPrice[][]> => {
      const companyId = pricedFor(viewer);
      const lists = companyId ? await priceListsByCompany.load(companyId) : [];
      if (lists.length === 0) return ids.map(() => []);
      const filter = { priceListId: { $in: lists.map(({ _id }) => _id) }, productId: { $in: [...ids] } };
      const rows = await models.PriceListEntry.find(filter).lean<PriceListEntryDocument[]>();
      const priorities = new Map(lists.map((list) => [idOf(list), list.priority]));
      return groupByKey(ids, rows, ({ productId }) => productId.toHexString()).map((entries) =>
        entries.map(({ minimumQuantity, price, priceListId }) => ({
          minimumQuantity,
          price,
          priority: priorities.get(priceListId.toHexString()) ?? 0,
        })),
      );
    },
  );
  return {
    agreedPrices,
    categoriesByParent,
    categoryById,
    categoryBySlug,
    inventoryById,
    inventoryByProduct,
    priceListById,
    productById,
    productBySku,
    storeById,
  };
}
