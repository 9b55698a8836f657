import { createHash } from "node:crypto";
import { systemSchemas } from "@tradegraph/kit/system-models";
import { createSeedPlan, seedTenants } from "@tradegraph/kit/seed-plan";
import { cleanSeed } from "@tradegraph/kit/seed-writer";
import { createTestResources } from "@tradegraph/testkit/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createModels, type Models, schemas } from "../src/models.ts";
import { seed } from "../src/seed.ts";
import { fakeCategory, fakeInventory, fakeProduct } from "./fakes.ts";

let resources: Awaited<ReturnType<typeof createTestResources>>;
let models: Models;
const today = new Date("2026-06-01T00:00:00Z");
/** Without those of the relay, which fill themselves. */
const ownSchemas = Object.fromEntries(Object.entries(schemas).filter(([name]) => !(name in systemSchemas)));
const collections = Object.keys(ownSchemas).sort();

const connection = () => resources.mongo.connection;
const run = (tenantId: string) =>
  seed({ connection: connection(), plan: createSeedPlan({ tenantId, today }), report: () => undefined });

beforeAll(async () => {
  resources = await createTestResources("products");
  models = createModels(connection());
});

afterAll(() => resources[Symbol.asyncDispose]());

/** Of everything there is: documents in the order of their ids. */
async function digest(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of collections) {
    const cursor = connection().collection(name).find().sort({ _id: 1 });
    for await (const document of cursor) hash.update(JSON.stringify(document));
  }
  return hash.digest("hex");
}

const countAll = async (filter: object = {}) =>
  Promise.all(collections.map((name) => connection().collection(name).countDocuments(filter)));

describe("seed", { timeout: 60_000 }, () => {
  const written = {} as Record<string, number>;

  it.each(seedTenants)("fills %s, and the validators accept it", async (tenantId) => {
    written[tenantId] = await run(tenantId);
    const counts = await countAll({ tenantId });
    expect(Object.fromEntries(collections.map((name, n) => [name, counts[n]]))).toEqual({
      categories: 60,
      inventory: 4_000,
      priceListEntries: 800,
      priceLists: 4,
      products: 2_000,
      stores: 12,
    });
    expect(written[tenantId]).toBe(counts.reduce((sum, count) => sum + count, 0));
  });

  it("changes nothing the second time, not even what was changed since", async () => {
    await models.Product.collection.updateOne({ tenantId: seedTenants[0] }, { $set: { name: "Renamed by staff" } });
    const before = await digest();
    for (const tenantId of seedTenants) expect(await run(tenantId)).toBe(0);
    expect(await digest()).toBe(before);
  });

  it("gives each product the stock that its shelves hold", async () => {
    const sums = await models.Inventory.collection
      .aggregate<{ _id: unknown; available: number }>([
        { $group: { _id: "$productId", available: { $sum: "$available" } } },
      ])
      .toArray();
    const available = new Map(sums.map((sum) => [String(sum._id), sum.available]));
    const products = await models.Product.collection.find().toArray();
    expect(products.length).toBe(sums.length);
    const wrong = products.filter(
      ({ _id, stock, inStock, moq }) => stock !== available.get(String(_id)) || inStock !== stock >= moq,
    );
    expect(wrong).toEqual([]);
    expect(products.filter(({ inStock }) => !inStock).length).toBeGreaterThan(20);
  });

  it("obeys the rules of stock, prices and categories", async () => {
    const shelves = await models.Inventory.collection.find().toArray();
    expect(shelves.filter(({ onHand, reserved, available }) => onHand !== reserved + available)).toEqual([]);
    const products = await models.Product.collection.find().toArray();
    const dear = products.filter(({ price, tiers }) =>
      (tiers as { amount: number }[]).some(({ amount }) => amount > (price as { amount: number }).amount),
    );
    expect(dear).toEqual([]);
    const categories = new Map(
      (await models.Category.collection.find().toArray()).map((one) => [String(one._id), one]),
    );
    const misplaced = products.filter(({ categoryId, categoryPath, category }) => {
      const found = categories.get(String(categoryId));
      return (
        !found || found.slug !== category || String(categoryPath) !== String([...(found.ancestors as []), found._id])
      );
    });
    expect(misplaced).toEqual([]);
  });

  it("fills every field of every model at least once", async () => {
    const empty: string[] = [];
    for (const [name, schema] of Object.entries(ownSchemas)) {
      const documents = await connection().collection(name).find().toArray();
      for (const path of Object.keys(schema.paths)) {
        const isFilled = documents.some((document) => {
          const value: unknown = path
            .split(".")
            .reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], document);
          return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
        });
        if (!isFilled) empty.push(`${name}.${path}`);
      }
    }
    // Reservations come from orders, and what others hear of from any change.
    const changed = empty.filter((path) => !path.endsWith(".outbox"));
    expect(changed).toEqual(["inventory.reservations", "inventory.recent"]);
  });

  it("is cleaned away, and nothing else with it", async () => {
    const own = [
      await fakeCategory(models),
      await fakeProduct(models),
      await fakeProduct(models, { tenantId: seedTenants[0] }),
    ];
    await fakeInventory(models, own[1]?._id as never, 5);
    const everything = (await countAll()).reduce((sum, count) => sum + count, 0);
    expect(await cleanSeed(connection(), collections)).toBe(everything - 4);
    expect((await countAll()).reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(await countAll({ _seed: { $exists: true } })).toEqual(collections.map(() => 0));
    expect(await models.Product.collection.countDocuments({ _id: { $in: own.map(({ _id }) => _id) } })).toBe(2);
  });
});
