import { setTimeout as sleep } from "node:timers/promises";
import { createMetrics } from "@tradegraph/kit/metrics";
import { seedRandom } from "@tradegraph/kit/seed-random";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refreshStock } from "../src/commands/refresh-stock.ts";
import { confirmStock } from "../src/commands/stock-confirm.ts";
import { releaseStock } from "../src/commands/stock-release.ts";
import { reserveStock } from "../src/commands/stock-reserve.ts";
import { startReservationSweeper, sweepReservations } from "../src/commands/sweep-reservations.ts";
import { type Models } from "../src/models.ts";
import { fakeInventory, fakeProduct } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";
import { codeOf, createStockRoom, inMinutes, inTenant, line, newKey, type StockRoom } from "./stock-room.ts";

let subgraph: StartedProducts;
let models: Models;
let room: StockRoom;

beforeAll(async () => {
  subgraph = await startProducts();
  ({ models } = subgraph);
  room = createStockRoom(models);
});

afterAll(() => subgraph.stop());

describe("ending a reservation", () => {
  it("moves the units once, whoever ends it at the same time", async () => {
    const product = await room.stocked(6, 6);
    const key = newKey();
    await room.reserve([line(product, 10)], key);
    const moved = await Promise.all(Array.from({ length: 10 }, () => inTenant(() => confirmStock(models, key))));
    expect(moved.reduce((sum, units) => sum + units, 0)).toBe(10);
    expect(await room.unitsOf(product)).toEqual({ onHand: 2, reserved: 0, available: 2 });
  });

  it("beside a repetition of the reservation leaves nothing set aside", async () => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const product = await room.stocked(2, 2, 2);
      const key = newKey();
      await room.reserve([line(product, 3)], key);
      const [code, units] = await Promise.all([
        codeOf(room.reserve([line(product, 6)], key)),
        inTenant(() => releaseStock(models, key)),
      ]);
      expect(["fulfilled", "CONFLICT"]).toContain(code);
      expect(units).toBeGreaterThan(0);
      // What the repetition took from another shelf in between lapses.
      await sweepReservations(models, inMinutes(20));
      expect(await room.unitsOf(product)).toEqual({ onHand: 6, reserved: 0, available: 6 });
    }
  });

  it("by confirmation is too late when it has lapsed", async () => {
    const product = await room.stocked(5);
    const key = newKey();
    await room.reserve([line(product, 5)], key);
    expect(await inTenant(() => confirmStock(models, key, inMinutes(16)))).toBe(0);
    expect(await inTenant(() => confirmStock(models, key, inMinutes(14)))).toBe(5);
    expect(await room.unitsOf(product)).toEqual({ onHand: 0, reserved: 0, available: 0 });
  });

  it("of another shop moves nothing", async () => {
    const product = await room.stocked(5);
    const key = newKey();
    await room.reserve([line(product, 5)], key);
    expect(await runForTenant("other", () => releaseStock(models, key))).toBe(0);
    expect(await runForTenant("other", () => confirmStock(models, key))).toBe(0);
    expect(await room.unitsOf(product)).toMatchObject({ reserved: 5 });
  });
});

describe("the sweeper", () => {
  it("releases what has lapsed, of all shops, and nothing else; twice is harmless", async () => {
    const [product, lasting] = [await room.stocked(5, 5), await room.stocked(5)];
    const foreign = await fakeProduct(models, { tenantId: "other" });
    await fakeInventory(models, foreign._id, 5, { tenantId: "other" });
    await room.reserve([line(product, 8)], newKey(), inMinutes(10));
    await room.reserve([line(lasting, 5)], newKey(), inMinutes(60));
    const request = { key: newKey(), expiresAt: inMinutes(10), lines: [line(foreign, 5)] };
    await runForTenant("other", () => reserveStock(models, request));
    await sweepReservations(models, inMinutes(9));
    expect(await room.unitsOf(product)).toMatchObject({ reserved: 8 });

    expect(await sweepReservations(models, inMinutes(11))).toBeGreaterThanOrEqual(2);
    for (let n = 0; n < 2; n += 1) {
      expect(await room.unitsOf(product)).toEqual({ onHand: 10, reserved: 0, available: 10 });
      expect(await room.unitsOf(foreign)).toEqual({ onHand: 5, reserved: 0, available: 5 });
      expect(await room.unitsOf(lasting)).toMatchObject({ reserved: 5 });
      expect(await room.copyOf(product)).toMatchObject({ stock: 10, inStock: true });
      expect(await sweepReservations(models, inMinutes(11))).toBe(0);
    }
  });

  it("goes on when one cannot be released", async () => {
    const [broken, product] = [await room.stocked(5), await room.stocked(5)];
    for (const one of [broken, product]) await room.reserve([line(one, 1)], newKey(), inMinutes(10));
    const filter = { productId: broken._id };
    const damage = (storeId: unknown) =>
      models.Inventory.collection.updateOne(filter, { $set: { storeId } }, { bypassDocumentValidation: true });
    const [shelf] = await room.shelvesOf(broken);
    await damage("no id");
    // Strict validation refuses every change of a document that does not fit.
    await expect(sweepReservations(models, inMinutes(11))).rejects.toThrow(AggregateError);
    expect(await room.unitsOf(product)).toMatchObject({ reserved: 0 });
    await damage(shelf?.storeId);
    expect(await sweepReservations(models, inMinutes(11))).toBe(1);
  });

  it("works by itself in the running subgraph, and stops with it", async () => {
    const product = await room.stocked(5);
    const reservations = [{ key: "crashed-1", quantity: 5, expiresAt: inMinutes(-5) }];
    await models.Inventory.collection.updateOne(
      { productId: product._id },
      { $set: { available: 0, reserved: 5, reservations } },
    );
    const metrics = createMetrics("sweeper");
    const sweeper = startReservationSweeper({ models, logger: silentLogger, metrics });
    await expect.poll(async () => (await room.unitsOf(product)).reserved).toBe(0);
    await sweeper.stop();
    expect(await metrics.metrics()).toMatch(/stock_reservations_expired_total(\{.*\})? 1/);
  });
});

describe("100 buyers who reserve, confirm, release and let lapse", () => {
  it("never lose, gain or share a unit", { timeout: 60_000 }, async () => {
    const products = await Promise.all([room.stocked(30, 20), room.stocked(45), room.stocked(15, 15, 15)]);
    const before = await Promise.all(products.map(room.unitsOf));
    const outcomes = new Set<string>();
    let sold = 0;
    const buyer = async (n: number) => {
      const random = seedRandom("buyers", "buyer", n);
      const key = newKey();
      const first = random.below(3);
      const wanted = products.filter((_, index) => index === first || random.chance(30));
      const lines = wanted.map((product) => line(product, random.between(1, 4)));
      await sleep(random.below(7));
      // Some do the same thing twice at once, or two things, as after a time-out.
      const attempts = Array.from({ length: random.chance(20) ? 2 : 1 }, () => room.reserve(lines, key));
      for (const answer of await Promise.allSettled(attempts)) {
        if (answer.status === "fulfilled") outcomes.add(answer.value.length === 0 ? "reserved" : "short");
        else expect(await codeOf(Promise.reject(answer.reason as Error))).toBe("CONFLICT");
      }
      await sleep(random.below(5));
      const end = random.pick(["confirm", "release", "both", "lapse"]);
      const [units] = await Promise.all([
        end === "confirm" || end === "both" ? inTenant(() => confirmStock(models, key)) : 0,
        end === "release" || end === "both" ? inTenant(() => releaseStock(models, key)) : 0,
      ]);
      sold += units;
    };
    await Promise.all(Array.from({ length: 100 }, (_, n) => buyer(n)));
    const during = await Promise.all(products.map(room.unitsOf));
    const total = (sums: { onHand: number }[]) => sums.reduce((sum, { onHand }) => sum + onHand, 0);
    expect(total(during)).toBe(total(before) - sold);
    expect(sold).toBeGreaterThan(0);
    expect([...outcomes].sort()).toEqual(["reserved", "short"]);

    await Promise.all([sweepReservations(models, inMinutes(30)), sweepReservations(models, inMinutes(30))]);
    for (const product of products) {
      const { reserved, available } = await room.unitsOf(product);
      expect(reserved).toBe(0);
      expect(await room.copyOf(product)).toMatchObject({ stock: available, inStock: available >= 1 });
    }
  });
});

describe("the product's copy of its stock", () => {
  it("follows every movement and leaves `updatedAt` alone", async () => {
    const product = await room.stocked(3, 2);
    const key = newKey();
    const updatedAt = new Date("2026-01-01T00:00:00Z");
    await room.reserve([line(product, 4)], key);
    expect(await room.copyOf(product)).toEqual({ stock: 1, inStock: true, updatedAt });
    await room.reserve([line(product, 1)]);
    expect(await room.copyOf(product)).toEqual({ stock: 0, inStock: false, updatedAt });
    await inTenant(() => releaseStock(models, key));
    expect(await room.copyOf(product)).toEqual({ stock: 4, inStock: true, updatedAt });
  });

  it("says in stock from the least order quantity on", async () => {
    const product = await fakeProduct(models, { moq: 5, stock: 6, inStock: true });
    await fakeInventory(models, product._id, 6);
    const find = (inStock: boolean) =>
      subgraph.expectData<{ products: { totalCount: number } }>({
        query: `{ products(filter: { supplierId: "${String(product.supplierId)}", inStock: ${inStock} }) { totalCount } }`,
      });
    expect((await find(true)).products.totalCount).toBe(1);
    await room.reserve([line(product, 2)]);
    expect(await room.copyOf(product)).toMatchObject({ stock: 4, inStock: false });
    expect((await find(false)).products.totalCount).toBe(1);
  });

  it("is looked at again after it was written, for another movement may have come in between", async () => {
    const product = await room.stocked(10);
    const inventory = models.Inventory.collection;
    const set = (available: number) =>
      inventory.updateOne({ productId: product._id }, { $set: { available, onHand: available } });
    await set(9);
    let writes = 0;
    const Product = Object.create(models.Product, {
      bulkWrite: {
        async value(...given: Parameters<typeof models.Product.bulkWrite>) {
          // Between reading the sum and writing the copy somebody sells the rest.
          if ((writes += 1) === 1) await set(0);
          return models.Product.bulkWrite(...given);
        },
      },
    }) as typeof models.Product;
    await inTenant(() => refreshStock({ ...models, Product }, [product._id]));
    expect(writes).toBe(2);
    expect(await room.copyOf(product)).toMatchObject({ stock: 0, inStock: false });
  });

  it("is right after movements that crossed", async () => {
    const product = await room.stocked(100);
    const keys = Array.from({ length: 30 }, newKey);
    await Promise.all(keys.map((key) => room.reserve([line(product, 1)], key)));
    await Promise.all([
      ...keys.slice(0, 20).map((key) => inTenant(() => releaseStock(models, key))),
      ...Array.from({ length: 10 }, () => room.reserve([line(product, 2)])),
    ]);
    expect(await room.copyOf(product)).toMatchObject({ stock: 70 });
  });
});
