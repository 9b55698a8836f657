import { seedRandom } from "@tradegraph/kit/seed-random";
import { describe, expect, it } from "vitest";
import { type AgreedPrice, isQuantity, priceTiers, unitPrice } from "./price.ts";

const euro = (amount: number) => ({ amount, currency: "EUR" });
const product = {
  price: euro(1_000),
  tiers: [
    { minimumQuantity: 100, amount: 700 },
    { minimumQuantity: 10, amount: 900 },
  ],
};

describe("priceTiers", () => {
  it("begins with the base price and goes up by quantity", () => {
    expect(priceTiers(product)).toEqual([
      { minimumQuantity: 1, price: euro(1_000) },
      { minimumQuantity: 10, price: euro(900) },
      { minimumQuantity: 100, price: euro(700) },
    ]);
  });

  it("leaves out a tier that repeats the first", () => {
    expect(priceTiers({ price: euro(5), tiers: [{ minimumQuantity: 1, amount: 4 }] })).toHaveLength(1);
  });
});

describe("unitPrice", () => {
  it.each([
    [1, 1_000],
    [9, 1_000],
    [10, 900],
    [99, 900],
    [100, 700],
    [1_000_000, 700],
  ])("of %i units is that of the tier reached", (quantity, amount) => {
    expect(unitPrice(product, quantity)).toEqual(euro(amount));
  });

  const agreed = (amount: number, minimumQuantity: number, priority: number, currency = "EUR"): AgreedPrice => ({
    minimumQuantity,
    priority,
    price: { amount, currency },
  });

  it("takes the agreed price of the highest list, even if a lower list is cheaper", () => {
    expect(unitPrice(product, 1, [agreed(500, 1, 1), agreed(800, 1, 2)])).toEqual(euro(800));
  });

  it("passes over a list whose quantity is not reached", () => {
    expect(unitPrice(product, 5, [agreed(500, 1, 1), agreed(400, 6, 2)])).toEqual(euro(500));
    expect(unitPrice(product, 6, [agreed(500, 1, 1), agreed(400, 6, 2)])).toEqual(euro(400));
  });

  it("takes the largest quantity reached within a list", () => {
    const list = [agreed(850, 1, 1), agreed(600, 50, 1), agreed(650, 20, 1)];
    expect([1, 20, 50].map((quantity) => unitPrice(product, quantity, list).amount)).toEqual([850, 650, 600]);
  });

  it("takes the better of two lists of one priority, in whatever order they come", () => {
    const lists = [agreed(800, 1, 1), agreed(750, 1, 1)];
    expect(unitPrice(product, 1, lists)).toEqual(euro(750));
    expect(unitPrice(product, 1, lists.toReversed())).toEqual(euro(750));
  });

  it("keeps the tier when that is lower than what was agreed", () => {
    expect(unitPrice(product, 100, [agreed(800, 1, 1)])).toEqual(euro(700));
  });

  it("does not compare currencies", () => {
    expect(unitPrice(product, 1, [agreed(1, 1, 9, "USD")])).toEqual(euro(1_000));
  });
});

describe("unitPrice, whatever the prices", () => {
  const random = seedRandom("price", "property", 1);
  const cases = Array.from({ length: 500 }, () => ({
    price: euro(random.between(0, 5_000)),
    tiers: Array.from({ length: random.below(6) }, () => ({
      minimumQuantity: random.between(1, 200),
      amount: random.between(0, 6_000),
    })),
    agreed: Array.from({ length: random.below(5) }, () => ({
      minimumQuantity: random.between(1, 200),
      priority: random.below(3),
      price: { amount: random.between(0, 6_000), currency: random.pick(["EUR", "USD"]) },
    })),
    quantity: random.between(1, 300),
  }));

  it("is never above the base price, nor above the price without agreements", () => {
    const wrong = cases.filter((one) => {
      const price = unitPrice(one, one.quantity, one.agreed).amount;
      return price > one.price.amount || price > unitPrice(one, one.quantity).amount;
    });
    expect(wrong).toEqual([]);
  });

  it("never grows with the quantity on list prices", () => {
    const wrong = cases.filter(
      (one) => unitPrice(one, one.quantity + random.between(0, 100)).amount > unitPrice(one, one.quantity).amount,
    );
    expect(wrong).toEqual([]);
  });

  it("does not depend on the order of tiers and agreements", () => {
    const wrong = cases.filter((one) => {
      const turned = { ...one, tiers: one.tiers.toReversed() };
      const price = unitPrice(one, one.quantity, one.agreed);
      return unitPrice(turned, one.quantity, one.agreed.toReversed()).amount !== price.amount;
    });
    expect(wrong).toEqual([]);
  });
});

describe("isQuantity", () => {
  it("takes whole numbers from one to a million", () => {
    expect([1, 2, 1_000_000].every(isQuantity)).toBe(true);
    expect([0, -1, 1.5, 1_000_001, NaN, Infinity, "1", null, undefined, {}].some(isQuantity)).toBe(false);
  });
});
