import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changePosition, compareIds, isAsRecent, reachedPosition } from "./log-position.ts";

const now = 1_795_289_756_091;
/** Few times and many numbers, so that all limits are met. */
const ids = fc
  .tuple(
    fc.integer({ min: now, max: now + 2 }),
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4_090, max: 9_000 })),
  )
  .map(([milliseconds, number]) => `${milliseconds}-${number}`);

describe("ids of the log", () => {
  it("compares as numbers, not as text", () => {
    expect(compareIds("9-0", "10-0")).toBeLessThan(0);
    expect(compareIds("10-9", "10-10")).toBeLessThan(0);
    expect(compareIds("10-10", "10-10")).toBe(0);
  });

  it("never lets a later change look applied, whatever the numbers", () => {
    fc.assert(
      fc.property(ids, ids, (reached, changed) => {
        if (compareIds(changed, reached) > 0) expect(changePosition(changed)).toBeGreaterThan(reachedPosition(reached));
      }),
      { numRuns: 2_000 },
    );
  });

  it("knows an applied change as such, but for more entries in a millisecond than it can tell apart", () => {
    expect(reachedPosition(`${now}-7`)).toBe(changePosition(`${now}-7`));
    expect(reachedPosition(`${now}-4094`)).toBe(changePosition(`${now}-4094`));
    expect(reachedPosition(`${now}-4095`)).toBeLessThan(changePosition(`${now}-4095`));
    expect(reachedPosition(`${now + 1}-0`)).toBeGreaterThan(changePosition(`${now}-9000`));
  });

  it("never takes what was asked earlier for as recent, and takes what was asked at the same place for that", () => {
    fc.assert(
      fc.property(ids, ids, (asked, later) => {
        if (compareIds(asked, later) < 0)
          expect(isAsRecent(reachedPosition(asked), reachedPosition(later))).toBe(false);
        if (compareIds(asked, later) > 0)
          expect(isAsRecent(reachedPosition(later), reachedPosition(asked))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
    expect(isAsRecent(reachedPosition(`${now}-7`), reachedPosition(`${now}-7`))).toBe(true);
    expect(isAsRecent(reachedPosition(`${now + 1}-5000`), reachedPosition(`${now}-5000`))).toBe(true);
  });

  it("has exact numbers until 2039", () => {
    expect(Number.isSafeInteger(changePosition(`${Date.UTC(2039, 0)}-4095`))).toBe(true);
  });
});
