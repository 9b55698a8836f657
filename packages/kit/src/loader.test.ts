import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { createLoaderFactory, groupByKey, orderByKey } from "./loader.ts";
import { createMetrics } from "./metrics.ts";

const row = (id: string, value = id) => ({ id, value });
const idOf = ({ id }: { id: string }) => id;

describe("orderByKey", () => {
  it("puts rows into the order of the keys, null where there is none", () => {
    expect(orderByKey(["c", "a", "x", "a"], [row("a"), row("c")], idOf)).toEqual([row("c"), row("a"), null, row("a")]);
    expect(orderByKey([], [row("a")], idOf)).toEqual([]);
  });

  it("compares ids by what they say", () => {
    const id = new Types.ObjectId();
    expect(orderByKey([new Types.ObjectId(id.toHexString())], [row(id.toHexString())], idOf)).toHaveLength(1);
    expect(orderByKey([id], [row(id.toHexString())], idOf)[0]).not.toBeNull();
  });
});

describe("groupByKey", () => {
  it("keeps the order of the rows within a group, empty where there is none", () => {
    const rows = [row("a", "1"), row("b", "2"), row("a", "3")];
    expect(groupByKey(["b", "x", "a"], rows, idOf)).toEqual([[rows[1]], [], [rows[0], rows[2]]]);
  });
});

describe("a loader", () => {
  const recording = () => {
    const batches: string[][] = [];
    const load = createLoaderFactory()("test", (keys: readonly (string | Types.ObjectId)[]) => {
      batches.push(keys.map(String));
      return Promise.resolve(keys.map((key) => (String(key) === "bad" ? new Error("bad key") : String(key))));
    });
    return { batches, load };
  };

  it("asks once for all keys of a moment, and once for equal ids", async () => {
    const { batches, load } = recording();
    const id = new Types.ObjectId();
    await Promise.all([
      load.load("a"),
      load.load(id),
      load.load(new Types.ObjectId(id.toHexString())),
      load.load(id.toHexString()),
    ]);
    await load.load("a");
    expect(batches).toEqual([["a", id.toHexString()]]);
  });

  it("fails one key without the others", async () => {
    const { load } = recording();
    const [good, bad] = await Promise.allSettled([load.load("a"), load.load("bad")]);
    expect(good.status).toBe("fulfilled");
    expect(bad.status).toBe("rejected");
  });

  it("asks for at most 1,000 keys at once", async () => {
    const { batches, load } = recording();
    await Promise.all(Array.from({ length: 2_500 }, (_, n) => load.load(String(n))));
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
  });

  it("takes a key of its own for keys that are objects", async () => {
    const batches: unknown[] = [];
    const load = createLoaderFactory()(
      "pairs",
      (keys: readonly { a: number; b: number }[]) => {
        batches.push(keys);
        return Promise.resolve(keys.map(({ a, b }) => a + b));
      },
      ({ a, b }) => `${a}:${b}`,
    );
    await expect(
      Promise.all([load.load({ a: 1, b: 2 }), load.load({ a: 1, b: 2 }), load.load({ a: 2, b: 2 })]),
    ).resolves.toEqual([3, 3, 4]);
    expect(batches).toEqual([
      [
        { a: 1, b: 2 },
        { a: 2, b: 2 },
      ],
    ]);
  });

  it("is measured", async () => {
    const registry = createMetrics("test");
    const load = createLoaderFactory(registry)("products", (keys: readonly string[]) => Promise.resolve(keys));
    await Promise.all([load.load("a"), load.load("b")]);
    const text = await registry.metrics();
    expect(text).toMatch(/dataloader_batch_size_sum\{.*loader="products".*\} 2/);
    expect(text).toMatch(/dataloader_batch_size_count\{.*loader="products".*\} 1/);
  });
});
