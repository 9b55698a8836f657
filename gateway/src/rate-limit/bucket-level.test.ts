import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBucketTable } from "./bucket.ts";
import { rateOf, shareOf, usedAt, waitFor } from "./bucket-level.ts";
import { createLeases } from "./leases.ts";

describe("a leaky bucket", () => {
  it("is as it was before when all its time has passed", () => {
    const rate = rateOf(100, 900_000);
    expect(usedAt({ used: 100, at: 0 }, rate, 450_000)).toBeCloseTo(50);
    expect(usedAt({ used: 100, at: 0 }, rate, 900_000)).toBe(0);
    expect(usedAt({ used: 100, at: 0 }, rate, 9e9)).toBe(0);
  });

  it("takes nothing back from a clock that goes back", () => {
    expect(usedAt({ used: 10, at: 1_000 }, rateOf(100, 900_000), 0)).toBe(10);
  });

  it("says how long to wait: after that time, and not before, it is possible", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.nat(1_000), fc.nat(1_000), (capacity, used, cost) => {
        fc.pre(used <= capacity && cost <= capacity);
        const rate = rateOf(capacity, 60_000);
        const wait = waitFor(cost, used, rate);
        expect(usedAt({ used, at: 0 }, rate, wait) + cost).toBeLessThanOrEqual(capacity + 1e-6);
        if (wait > 1) expect(usedAt({ used, at: 0 }, rate, wait - 1) + cost).toBeGreaterThan(capacity);
      }),
    );
  });

  it("gives out, alone, what a simple count of its share allows", async () => {
    const event = fc.record({ after: fc.nat(5_000), cost: fc.integer({ min: 1, max: 8 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 16, max: 60 }),
        fc.array(event, { maxLength: 60 }),
        async (capacity, events) => {
          let now = 0;
          const leases = createLeases({ redis: undefined, instances: 2, now: () => now });
          const rate = rateOf(capacity, 60_000);
          const tableOptions = { namespace: "x", name: "x", max: 2, isPersonal: false };
          const bucket = createBucketTable({ ...tableOptions, rate }).of("x");
          const { capacity: size, perSecond } = shareOf(rate, 2);
          let free = size;
          for (const { after, cost } of events) {
            now += after;
            free = Math.min(size, free + (after / 1_000) * perSecond);
            const isFree = cost <= free + 1e-6;
            expect(await leases.take(bucket, cost)).toBe(isFree ? "local" : "refused");
            if (isFree) free -= cost;
          }
          await leases.close();
        },
      ),
    );
  });
});

describe("places of buckets in Redis", () => {
  const of = (isPersonal: boolean, id = "192.0.2.1") =>
    createBucketTable({ namespace: "shop", name: "visitor", rate: rateOf(1, 1), max: 2, isPersonal }).of(id);

  it("name who it is only where that is no person", () => {
    expect(of(false).member).toBe("192.0.2.1");
    expect(of(true).member).toMatch(/^[\w-]{22}$/);
  });

  it("are sixteen sets for each kind of caller", () => {
    const keys = new Set(Array.from({ length: 500 }, (_, n) => of(true, `192.0.2.${n}`).key));
    expect(keys).toEqual(new Set([..."0123456789abcdef"].map((set) => `shop:rate:{visitor:${set}}`)));
  });
});
