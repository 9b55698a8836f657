import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_ZONES, parseCidr, planSubnets } from "./network-plan.ts";

/** Blocks inside 10.0.0.0/8. */
const blocks = fc.tuple(fc.integer({ min: 16, max: 23 }), fc.nat({ max: 2 ** 24 - 1 })).map(([prefix, offset]) => {
  const start = offset - (offset % 2 ** (32 - prefix));
  return `10.${start >> 16}.${(start >> 8) & 255}.${start & 255}/${prefix}`;
});
const zoneCounts = fc.integer({ min: 1, max: MOST_ZONES });
const subnetsOf = (cidr: string, zones: number) =>
  planSubnets(cidr, zones).flatMap((zone) => [zone.public, zone.private, zone.isolated]);

describe("planSubnets", () => {
  it("gives 10.0.0.0/16 the subnets that are in the documents", () => {
    expect(planSubnets("10.0.0.0/16", 2)).toEqual([
      { private: "10.0.0.0/19", public: "10.0.32.0/21", isolated: "10.0.40.0/21" },
      { private: "10.0.64.0/19", public: "10.0.96.0/21", isolated: "10.0.104.0/21" },
    ]);
  });

  it("never lets two subnets overlap, and none leaves the network", () => {
    fc.assert(
      fc.property(blocks, zoneCounts, (cidr, zones) => {
        const network = parseCidr(cidr);
        const subnets = subnetsOf(cidr, zones)
          .map(parseCidr)
          .sort((a, b) => a.start - b.start);
        let free = network.start;
        for (const { start, size } of subnets) {
          expect(start).toBeGreaterThanOrEqual(free);
          free = start + size;
        }
        expect(free).toBeLessThanOrEqual(network.start + network.size);
      }),
    );
  });

  it("gives every zone the same sizes, of which AWS takes even the smallest", () => {
    fc.assert(
      fc.property(blocks, zoneCounts, (cidr, zones) => {
        const { prefix } = parseCidr(cidr);
        for (const zone of planSubnets(cidr, zones)) {
          expect(parseCidr(zone.private).prefix).toBe(prefix + 3);
          expect(parseCidr(zone.public).prefix).toBe(prefix + 5);
          expect(parseCidr(zone.isolated).prefix).toBe(prefix + 5);
          expect(prefix + 5).toBeLessThanOrEqual(28);
        }
      }),
    );
  });

  it("moves no subnet when a zone joins", () => {
    fc.assert(
      fc.property(blocks, fc.integer({ min: 1, max: MOST_ZONES - 1 }), (cidr, zones) => {
        expect(planSubnets(cidr, zones + 1).slice(0, zones)).toEqual(planSubnets(cidr, zones));
      }),
    );
  });

  it.each(["10.0.0.0", "10.0.0.0/15", "10.0.0.0/24", "10.0.1.0/16", "10.0.0.256/16", "10.0.0/16", "10.0.0.0/33", ""])(
    "refuses %j",
    (cidr) => {
      expect(() => planSubnets(cidr, 2)).toThrow();
    },
  );

  it.each([0, 5, 1.5])("refuses %d zones", (zones) => {
    expect(() => planSubnets("10.0.0.0/16", zones)).toThrow("zones");
  });
});
