import { longestOutbox, outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirmStock } from "../src/commands/stock-confirm.ts";
import { releaseStock } from "../src/commands/stock-release.ts";
import { reserveStock } from "../src/commands/stock-reserve.ts";
import { type Models } from "../src/models.ts";
import { fakeInventory, fakeProduct, stockService } from "./fakes.ts";
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

describe("stockReserve", () => {
  it("sets units aside over HTTP, and stockConfirm and stockRelease end it", async () => {
    const product = await room.stocked(10);
    const send = (query: string, variables = {}) => subgraph.expectData({ query, variables, viewer: stockService });
    const reserving = (key: string, quantity: number) =>
      send(
        "mutation ($input: StockReserveInput!) { stockReserve(input: $input) { reserved shortages { productId requested available } } }",
        {
          input: { key, expiresAt: inMinutes(15).toISOString(), lines: [line(product, quantity)] },
        },
      );
    expect(await reserving("http-order-1", 4)).toEqual({ stockReserve: { reserved: true, shortages: [] } });
    const shortage = { productId: product._id.toHexString(), requested: 7, available: 6 };
    expect(await reserving("http-order-2", 7)).toEqual({ stockReserve: { reserved: false, shortages: [shortage] } });
    expect(await reserving("http-order-3", 6)).toEqual({ stockReserve: { reserved: true, shortages: [] } });
    const end = (name: string, key: string) => send(`mutation { ${name}(key: "${key}") { units } }`);
    expect(await end("stockConfirm", "http-order-1")).toEqual({ stockConfirm: { units: 4 } });
    expect(await end("stockConfirm", "http-order-1")).toEqual({ stockConfirm: { units: 0 } });
    expect(await end("stockRelease", "http-order-3")).toEqual({ stockRelease: { units: 6 } });
    expect(await end("stockRelease", "http-order-3")).toEqual({ stockRelease: { units: 0 } });
    expect(await room.unitsOf(product)).toEqual({ onHand: 6, reserved: 0, available: 6 });
  });

  it("lets exactly 10 of 50 parallel buyers have 10 units", async () => {
    const product = await room.stocked(10);
    const answers = await Promise.all(Array.from({ length: 50 }, () => room.reserve([line(product, 1)])));
    expect(answers.filter((shortages) => shortages.length === 0)).toHaveLength(10);
    expect(await room.unitsOf(product)).toEqual({ onHand: 10, reserved: 10, available: 0 });
    expect(await room.copyOf(product)).toMatchObject({ stock: 0, inStock: false });
  });

  it("lets exactly 10 of 50 have 10 units that lie in three stores", async () => {
    const product = await room.stocked(4, 3, 3);
    const answers = await Promise.all(Array.from({ length: 50 }, () => room.reserve([line(product, 1)])));
    expect(answers.filter((shortages) => shortages.length === 0)).toHaveLength(10);
    expect(await room.unitsOf(product)).toEqual({ onHand: 10, reserved: 10, available: 0 });
  });

  it("gives everything to one of several orders over the same products", async () => {
    const products = await Promise.all([room.stocked(5), room.stocked(5), room.stocked(5)]);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => {
        const lines = products.map((product) => line(product, 5));
        return room.reserve(n % 2 ? lines : lines.toReversed());
      }),
    );
    expect(answers.filter((shortages) => shortages.length === 0)).toHaveLength(1);
    for (const product of products) expect(await room.unitsOf(product)).toMatchObject({ reserved: 5, available: 0 });
  });

  it("takes from the fullest store first and splits what one store has not", async () => {
    const product = await room.stocked(3, 9, 5);
    expect(await room.reserve([line(product, 9)])).toEqual([]);
    expect((await room.shelvesOf(product)).map(({ reserved }) => reserved)).toEqual([0, 9, 0]);
    expect(await room.reserve([line(product, 7)])).toEqual([]);
    expect((await room.shelvesOf(product)).map(({ reserved }) => reserved)).toEqual([2, 9, 5]);
  });

  it("takes all lines or none, and names every product that is short", async () => {
    const [enough, short, none] = [await room.stocked(10), await room.stocked(2), await room.stocked()];
    const shortages = await room.reserve([line(enough, 5), line(short, 3), line(none, 1)]);
    const expected = [
      { ...line(short, 3), available: 2 },
      { ...line(none, 1), available: 0 },
    ].map(({ quantity, ...rest }) => ({ ...rest, requested: quantity }));
    expect(shortages.toSorted((a, b) => b.requested - a.requested)).toEqual(expected);
    for (const product of [enough, short]) expect(await room.unitsOf(product)).toMatchObject({ reserved: 0 });
    expect(await room.copyOf(enough)).toMatchObject({ stock: 10, inStock: true });
  });

  it("takes nothing of another shop", async () => {
    const product = await fakeProduct(models);
    await fakeInventory(models, product._id, 5, { tenantId: "other" });
    expect(await room.reserve([line(product, 1)])).toEqual([
      { productId: String(product._id), requested: 1, available: 0 },
    ]);
  });

  it.each<[string, object]>([
    ["a short key", { key: "short" }],
    ["a key with other characters", { key: "order 12345678" }],
    ["a time that is over", { expiresAt: inMinutes(-1) }],
    ["a time too far away", { expiresAt: inMinutes(24 * 60 + 1) }],
    ["no line", { lines: [] }],
    [
      "too many lines",
      { lines: Array.from({ length: 101 }, (_, n) => ({ productId: n.toString(16).padStart(24, "0"), quantity: 1 })) },
    ],
    ["a product named twice", { lines: [1, 2].map((quantity) => ({ productId: "a".repeat(24), quantity })) }],
    ["no units", { lines: [{ productId: "a".repeat(24), quantity: 0 }] }],
    ["too many units", { lines: [{ productId: "a".repeat(24), quantity: 1_000_001 }] }],
    ["a wrong id", { lines: [{ productId: "nonsense", quantity: 1 }] }],
  ])("refuses %s", async (_, part) => {
    const request = { key: newKey(), expiresAt: inMinutes(5), lines: [{ productId: "a".repeat(24), quantity: 1 }] };
    expect(await codeOf(inTenant(() => reserveStock(models, { ...request, ...part })))).toBe("BAD_USER_INPUT");
  });
});

describe("a key", () => {
  it("reserves once, however often it is repeated, at once or later", async () => {
    const product = await room.stocked(4, 4, 4);
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 20 }, () => room.reserve([line(product, 6)], key)));
    expect(answers).toEqual(Array.from({ length: 20 }, () => []));
    expect(await room.reserve([line(product, 6)], key)).toEqual([]);
    expect(await room.unitsOf(product)).toEqual({ onHand: 12, reserved: 6, available: 6 });
  });

  it("is counted once also when stores fill up while it is repeated", async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const product = await room.stocked(3, 2, 1);
      const [shelf] = (await room.shelvesOf(product)).slice(-1);
      const key = newKey();
      const repeated = Array.from({ length: 6 }, () => room.reserve([line(product, 6)], key));
      const restock = models.Inventory.collection.updateOne({ _id: shelf?._id }, { $inc: { onHand: 5, available: 5 } });
      expect(await Promise.all([...repeated, restock])).toHaveLength(7);
      expect(await room.unitsOf(product)).toMatchObject({ reserved: 6, available: 5 });
    }
  });

  it("that holds a part goes on where it stopped, on the same shelf too", async () => {
    const product = await room.stocked(4);
    const [shelf] = await room.shelvesOf(product);
    const key = newKey();
    expect(await room.reserve([line(product, 4)], key)).toEqual([]);
    // As after a crash that left a part of seven units, and a delivery since.
    await models.Inventory.collection.updateOne({ _id: shelf?._id }, { $inc: { onHand: 5, available: 5 } });
    expect(await room.reserve([line(product, 7)], key)).toEqual([]);
    expect(await room.shelvesOf(product)).toMatchObject([
      { reserved: 7, available: 2, reservations: [{ key, quantity: 7 }] },
    ]);
  });

  it("that holds too much puts it back", async () => {
    const product = await room.stocked(4, 4);
    const key = newKey();
    expect(await room.reserve([line(product, 7)], key)).toEqual([]);
    expect(await room.reserve([line(product, 2)], key)).toEqual([]);
    expect(await room.unitsOf(product)).toMatchObject({ reserved: 2, available: 6 });
  });

  it.each([
    ["released", releaseStock],
    ["confirmed", confirmStock],
  ])("that was %s is refused from then on", async (_, end) => {
    const product = await room.stocked(10);
    const key = newKey();
    await room.reserve([line(product, 3)], key);
    expect(await inTenant(() => end(models, key))).toBe(3);
    const before = await room.unitsOf(product);
    expect(await codeOf(room.reserve([line(product, 3)], key))).toBe("CONFLICT");
    expect(await room.unitsOf(product)).toEqual(before);
  });

  it("that was ended takes nothing of other products either", async () => {
    const [first, second] = [await room.stocked(10), await room.stocked(10)].sort((a, b) =>
      String(a._id).localeCompare(String(b._id)),
    );
    if (!first || !second) throw new Error("Two products are needed.");
    const key = newKey();
    await room.reserve([line(second, 1)], key);
    await inTenant(() => releaseStock(models, key));
    expect(await codeOf(room.reserve([line(first, 1), line(second, 1)], key))).toBe("CONFLICT");
    expect(await room.unitsOf(first)).toMatchObject({ reserved: 0 });
  });

  it("that is short in the end holds nothing any more", async () => {
    const product = await room.stocked(4);
    const key = newKey();
    expect(await room.reserve([line(product, 4)], key)).toEqual([]);
    expect(await room.reserve([line(product, 7)], key)).toMatchObject([{ requested: 7, available: 4 }]);
    expect(await room.unitsOf(product)).toMatchObject({ reserved: 0, available: 4 });
    expect(await room.copyOf(product)).toMatchObject({ stock: 4, inStock: true });
  });

  it("may be used again after a shortage that took nothing", async () => {
    const product = await room.stocked(1);
    const key = newKey();
    expect(await room.reserve([line(product, 2)], key)).toHaveLength(1);
    expect(await room.reserve([line(product, 1)], key)).toEqual([]);
  });

  it("says that events wait when that is what stands in the way, and not too many reservations", async () => {
    const product = await room.stocked(1);
    const { outbox } = withOutbox(
      ...Array.from({ length: longestOutbox }, () => outboxEntry("stock.reserved", { role: "service" })),
    );
    await models.Inventory.collection.updateOne({ productId: product._id }, { $set: { outbox } as never });
    await expect(room.reserve([line(product, 1)])).rejects.toMatchObject({
      message: expect.stringContaining("not been passed on") as string,
      extensions: { code: "SERVICE_UNAVAILABLE", retryable: true },
    });
  });

  it("is one of at most 1,000 of a shelf", async () => {
    const product = await fakeProduct(models);
    const reservations = Array.from({ length: 1_000 }, (_, n) => ({
      key: `full-${n}`,
      quantity: 1,
      expiresAt: inMinutes(5),
    }));
    await fakeInventory(models, product._id, 2_000, { available: 1_000, reserved: 1_000, reservations });
    expect(await codeOf(room.reserve([line(product, 1)]))).toBe("SERVICE_UNAVAILABLE");
    await inTenant(() => releaseStock(models, "full-7"));
    expect(await room.reserve([line(product, 1)])).toEqual([]);
    expect(await room.unitsOf(product)).toMatchObject({ reserved: 1_000, available: 1_000 });
  });
});
