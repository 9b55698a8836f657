import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bucket, createBucketTable } from "./bucket.ts";
import { createLocalShares } from "./local-shares.ts";

const rate = { capacity: 120, perSecond: 12 };
const bucketOf = (isStrict: boolean): Bucket =>
  createBucketTable({ namespace: "x", name: "x", rate, max: 1, isPersonal: false, isStrict }).of("x");

describe("what gateways give out of a strict bucket while none can ask", () => {
  const event = fc.record({ gateway: fc.nat(2), after: fc.nat(3_000), cost: fc.integer({ min: 1, max: 40 }) });

  it("is together no more than what came back, whatever comes through which of them", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        const gateways = [0, 1, 2].map(() => ({
          shares: createLocalShares({ instances: 3, lostAt: 0 }),
          bucket: bucketOf(true),
        }));
        let [at, given] = [0, 0];
        for (const { gateway, after, cost } of events) {
          at += after;
          const { shares, bucket } = gateways[gateway] as (typeof gateways)[number];
          if (shares.take(bucket, cost, at)) given += cost;
          expect(given).toBeLessThanOrEqual((at / 1_000) * rate.perSecond + 1e-6);
        }
      }),
    );
  });

  it("is all that comes back for who asks evenly and all the time", () => {
    const gateways = [0, 1, 2].map(() => ({
      shares: createLocalShares({ instances: 3, lostAt: 0 }),
      bucket: bucketOf(true),
    }));
    let given = 0;
    for (let at = 0; at <= 60_000; at += 50)
      for (const { shares, bucket } of gateways) if (shares.take(bucket, 1, at)) given += 1;
    expect(given).toBeGreaterThan(60 * rate.perSecond - gateways.length - 1);
  });

  it("begins anew with each time alone: what came back while Redis counted is not given out twice", () => {
    const shares = createLocalShares({ instances: 3, lostAt: 0 });
    const bucket = bucketOf(true);
    shares.find();
    shares.lose(100_000);
    expect(shares.take(bucket, 1, 100_000)).toBe(false);
    expect(shares.take(bucket, 1, 101_000)).toBe(true);
    bucket.known = { used: 120, at: 105_000 };
    shares.told(bucket, shares.untold(bucket, 105_000), 120, 105_000);
    expect(shares.take(bucket, 1, 105_000)).toBe(false);
  });
});

describe("what was given out alone", () => {
  it.each([true, false])(
    "is told whole, though some of it was given out while it was told (strict: %s)",
    (isStrict) => {
      const shares = createLocalShares({ instances: 3, lostAt: 0 });
      const bucket = bucketOf(isStrict);
      expect(shares.take(bucket, 10, 20_000)).toBe(true);
      const told = shares.untold(bucket, 20_000);
      expect(told).toBeCloseTo(10);
      expect(shares.take(bucket, 5, 20_000)).toBe(true);
      shares.told(bucket, told, 50, 20_000);
      expect(shares.untold(bucket, 20_000)).toBeCloseTo(5);
      expect(shares.buckets().has(bucket)).toBe(true);
      shares.told(bucket, 5, 55, 20_000);
      expect([shares.untold(bucket, 20_000), shares.buckets().size]).toEqual([0, 0]);
    },
  );

  it("is less after a refund, and never below nothing", () => {
    const shares = createLocalShares({ instances: 2, lostAt: 0 });
    const bucket = bucketOf(false);
    expect(shares.take(bucket, 10, 0)).toBe(true);
    shares.refund(bucket, 4);
    expect(shares.untold(bucket, 0)).toBeCloseTo(6);
    shares.refund(bucket, 100);
    expect(shares.untold(bucket, 0)).toBe(0);
  });
});

describe("what gateways give out of other buckets alone", () => {
  it("is a share of what they know to be left, less what others may have taken since", () => {
    const shares = createLocalShares({ instances: 3, lostAt: 0 });
    const known = bucketOf(false);
    known.known = { used: 60, at: 0 };
    // 60 are left; each of two others is presumed to have taken a lease of six.
    expect([16, 1].map((cost) => shares.take(known, cost, 0))).toEqual([true, false]);
    expect([40, 1].map((cost) => shares.take(bucketOf(false), cost, 0))).toEqual([true, true]);
    const stranger = bucketOf(false);
    expect([40, 1].map((cost) => shares.take(stranger, cost, 0))).toEqual([true, false]);
  });
});
