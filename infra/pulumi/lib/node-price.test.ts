import { describe, expect, it } from "vitest";
import { nodePrice } from "./node-price.ts";
import { nodeHour } from "./prices.ts";

describe("the price of an instance", () => {
  it("is the one that was read", () => {
    for (const [name, usd] of Object.entries(nodeHour)) expect(nodePrice(name)).toBe(usd);
  });

  it("grows with the size where nobody read it, so that a slip is seen", () => {
    expect(nodePrice("db.r6g.4xlarge")).toBeCloseTo(8 * 0.2628);
    expect(nodePrice("db.r6g.16xlarge")).toBeCloseTo(32 * 0.2628);
    expect(nodePrice("cache.r7g.2xlarge")).toBeCloseTo(4 * 0.1752);
  });

  it("is that of the dearest family where the family is new", () => {
    const dearest = Math.max(nodePrice("db.r8g.large"), nodePrice("db.t4g.large"), nodePrice("db.r6g.large"));
    expect(nodePrice("db.x9g.large")).toBeCloseTo(dearest);
    expect(nodePrice("cache.x9g.large")).toBeGreaterThanOrEqual(nodePrice("cache.r7g.large"));
  });

  it("is no guess where there is no size", () => {
    expect(() => nodePrice("db.r6g.metal")).toThrow("no price for db.r6g.metal");
  });
});
