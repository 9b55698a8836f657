import { describe, expect, it } from "vitest";
import { createWatermarks } from "./watermarks.ts";

describe("watermarks", () => {
  it("are missed from the beginning, of those that are expected", () => {
    const watermarks = createWatermarks(["products"], 5_000);
    expect(watermarks.isFresh("products", 0)).toBe(false);
    expect(watermarks.isFresh("reviews-of-somebody", 0)).toBe(true);
  });

  it("count from what they tell of, not from when they come", () => {
    const watermarks = createWatermarks(["products"], 5_000);
    watermarks.hear({ subgraph: "products", ageMs: 2_000 }, 10_000);
    expect(watermarks.isFresh("products", 13_000)).toBe(true);
    expect(watermarks.isFresh("products", 13_001)).toBe(false);
  });

  it("do not go back when one comes late, and take no notice of strangers", () => {
    const watermarks = createWatermarks(["products"], 5_000);
    watermarks.hear({ subgraph: "products", ageMs: 0 }, 10_000);
    watermarks.hear({ subgraph: "products", ageMs: 0 }, 9_000);
    watermarks.hear({ subgraph: "orders", ageMs: 0 }, 20_000);
    expect(watermarks.isFresh("products", 15_000)).toBe(true);
    expect(watermarks.isFresh("products", 15_001)).toBe(false);
  });
});
