import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seedId, seedRandom } from "./seed-random.ts";

describe("seedId", () => {
  it("never changes: seeded databases out there know their documents by it", () => {
    expect(seedId("alpenmarkt", "product", 0).toHexString()).toBe("404f233345387f02b1e8d7f3");
  });

  it("is another for another tenant, kind or number", () => {
    const ids = ["alpenmarkt", "harborline"].flatMap((tenant) =>
      ["user", "product"].flatMap((kind) => [0, 1, "0:1"].map((n) => seedId(tenant, kind, n).toHexString())),
    );
    expect(new Set(ids).size).toBe(12);
  });
});

describe("seedRandom", () => {
  const draw = (n: number) =>
    Array.from(
      { length: 20 },
      (
        (random) => () =>
          random.below(1_000_000)
      )(seedRandom("t", "k", n)),
    );

  it("gives the same numbers again, and others for another thing", () => {
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(seedRandom("alpenmarkt", "order", 7).below(1_000_000)).toBe(316829);
  });

  it("stays within its bounds", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: -100, max: 100 }),
        (n, span, least) => {
          const random = seedRandom("t", "k", n);
          const below = random.below(span);
          const between = random.between(least, least + span);
          expect(Number.isInteger(below) && below >= 0 && below < span).toBe(true);
          expect(Number.isInteger(between) && between >= least && between <= least + span).toBe(true);
          expect([1, 2, 3]).toContain(random.pick([1, 2, 3]));
          expect(random.chance(0)).toBe(false);
          expect(random.chance(100)).toBe(true);
        },
      ),
    );
  });

  it("spreads evenly", () => {
    const random = seedRandom("t", "k", 1);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < 10_000; n += 1) {
      const number = random.below(10);
      counts[number] = (counts[number] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    const hits = Array.from({ length: 10_000 }, (_, n) => seedRandom("t", "k", n).chance(30)).filter(Boolean).length;
    expect(Math.abs(hits - 3_000)).toBeLessThan(200);
  });

  it("refuses to pick from nothing", () => {
    expect(() => seedRandom("t", "k", 1).pick([])).toThrow(RangeError);
  });
});
