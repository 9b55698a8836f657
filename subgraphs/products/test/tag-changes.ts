// Changes for cache-tags.integration.ts: whatever may happen to the catalogue, by models and by commands.
import { outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { confirmStock } from "../src/commands/stock-confirm.ts";
import { releaseStock } from "../src/commands/stock-release.ts";
import { reserveStock } from "../src/commands/stock-reserve.ts";
import { type InventoryDocument } from "../src/models/inventory.ts";
import {
  categoryDocument,
  euro,
  inventoryDocument,
  priceListEntryDocument,
  productDocument,
  storeDocument,
} from "./fakes.ts";
import { brands, hex, pick, tagNames, words, type World } from "./tag-questions.ts";

const entry = () => outboxEntry("product.changed", { role: "service" });

/** One change, by the model or by a command. @param n numbers from fast-check, at least four */
export async function change(world: World, n: readonly [number, number, number, number]): Promise<void> {
  const { models, products, categories, stores, shelves, lists, entries, companyIds } = world;
  const product = pick(products, n[1]);
  const other = pick(categories, n[2]);
  const sets = [
    { name: `${pick(words, n[3])} new`, nameSort: `${pick(words, n[3])} new` },
    { nameSort: `a${n[3]}` },
    { brand: pick(brands, n[3]) },
    { price: euro(n[3] % 1_000) },
    { "price.amount": n[3] % 1_000 },
    { categoryId: other._id, categoryPath: [...other.ancestors, other._id] },
    { inStock: n[3] % 2 === 0 },
    { isActive: n[3] % 2 === 0 },
    { postAs: pick(["buyer", "seller"] as const, n[3]) },
    { tags: [pick(tagNames, n[3])] },
    { moq: 1 + (n[3] % 30) },
    { sku: `new-${n[3]}` },
    { description: pick(words, n[3]) },
    { supplierId: other._id },
    { qualityGrade: "B" },
  ];
  const $set = pick(sets, n[2]);
  const Products = models.Product;
  const one = { _id: product._id };
  const key = "reservation-1";
  const reserve = () => {
    const lines = [{ productId: hex(product), quantity: 1 + (n[3] % 5) }];
    return reserveStock(models, { key, expiresAt: new Date(Date.now() + 60_000), lines });
  };
  const changes: (() => Promise<unknown>)[] = [
    () => Products.updateOne(one, { $set, $inc: { version: 1 } }),
    () => Products.updateOne(one, { $set, $inc: { version: 1 } }, { timestamps: false }),
    () => Products.findOneAndUpdate({ sku: product.sku }, { $set }).lean().exec(),
    () =>
      Products.findOneAndUpdate({ sku: product.sku }, { $set }, { projection: { _id: 0, name: 1 } })
        .lean()
        .exec(),
    () => Products.updateOne({ brand: product.brand ?? "" }, { $set: { leadTime: n[3] % 100 } }),
    () => Products.updateMany({ brand: product.brand ?? "" }, { $set: { unit: "box", inStock: n[3] % 2 === 0 } }),
    () => Products.bulkWrite([{ updateOne: { filter: one, update: { $set } as never } }]),
    () => Products.updateOne(one, { $unset: { brand: 1 }, $push: { tags: "more" } }),
    async () => {
      const found = await Products.findById(product._id);
      found?.set($set);
      return found?.save();
    },
    () =>
      Products.create({
        ...productDocument({ tenantId: world.tenantId, categoryId: other._id }),
        name: `${pick(words, n[3])} made`,
        ...withOutbox(entry()),
      }),
    () =>
      Products.insertMany([
        { ...productDocument({ tenantId: world.tenantId, brand: pick(brands, n[3]) }), ...withOutbox(entry()) },
      ]),
    () => Products.deleteOne(one),
    () => Products.deleteMany({ brand: product.brand ?? "" }),
    () => Products.findOneAndDelete({ sku: product.sku }).lean().exec(),
    () =>
      models.Category.updateOne(
        { _id: other._id },
        {
          $set: pick(
            [
              { name: `N${n[3]}` },
              { isActive: n[3] % 2 === 0 },
              { sortOrder: n[3] % 5 },
              { slug: `s${n[3]}` },
              { parentId: null },
            ],
            n[3],
          ),
        },
      ),
    () =>
      models.Category.create({
        ...categoryDocument({ tenantId: world.tenantId, parentId: other._id }),
        ...withOutbox(entry()),
      }),
    () => models.Category.deleteOne({ _id: other._id }),
    () =>
      models.Store.updateOne(
        { _id: pick(stores, n[1])._id },
        {
          $set: pick(
            [{ name: "S" }, { isActive: false }, { location: { type: "Point", coordinates: [11, 50] } }],
            n[2],
          ),
        },
      ),
    () =>
      models.Store.create({
        ...storeDocument({ tenantId: world.tenantId, location: { type: "Point", coordinates: [10, 50] } }),
        ...withOutbox(entry()),
      }),
    () =>
      models.Inventory.updateOne(
        { _id: pick(shelves, n[1])._id },
        { $inc: { available: 1 + (n[2] % 9), onHand: 1 + (n[2] % 9) } },
      ),
    () => models.Inventory.deleteOne({ productId: product._id }),
    () =>
      models.Inventory.create({
        ...inventoryDocument(product._id, 7, { tenantId: world.tenantId, storeId: pick(stores, n[2])._id }),
        ...withOutbox(entry()),
        storeId: other._id,
      } as InventoryDocument),
    reserve,
    async () => {
      await reserve();
      return n[2] % 2 === 0 ? confirmStock(models, key) : releaseStock(models, key);
    },
    () =>
      models.PriceList.updateOne(
        { _id: pick(lists, n[1])._id },
        { $set: pick([{ priority: n[3] % 9 }, { companyIds: [pick(companyIds, n[3])] }, { name: "L" }], n[2]) },
      ),
    () =>
      models.PriceListEntry.updateOne(
        { _id: pick(entries, n[1])._id },
        {
          $set: pick(
            [{ price: euro(n[3] % 90) }, { minimumQuantity: 1 + (n[3] % 3) }, { productId: product._id }],
            n[2],
          ),
        },
      ),
    () =>
      models.PriceListEntry.create({
        ...priceListEntryDocument({
          tenantId: world.tenantId,
          productId: product._id,
          priceListId: pick(lists, n[2])._id,
          price: euro(3),
        }),
        ...withOutbox(entry()),
      }),
    () => models.PriceListEntry.deleteMany({ productId: product._id }),
  ];
  await pick(changes, n[0])();
}
