import { describe, expect, it } from "vitest";
import { averageRating, noRatings, summaryOf } from "./rating-summary.ts";

describe("summaryOf", () => {
  it("adds up how many, and what they gave", () => {
    expect(summaryOf([1, 0, 2, 0, 3])).toEqual({ count: 6, sum: 22, ratingCounts: [1, 0, 2, 0, 3] });
    expect(summaryOf([0, 0, 0, 0, 0])).toEqual(noRatings);
  });

  it("keeps no hold of the list it was given", () => {
    const counts = [1, 0, 0, 0, 0];
    const summary = summaryOf(counts);
    counts[0] = 9;
    expect(summary.ratingCounts).toEqual([1, 0, 0, 0, 0]);
  });

  it.each([[[]], [[1, 2, 3, 4]], [[1, 2, 3, 4, 5, 6]], [[-1, 0, 0, 0, 0]], [[0.5, 0, 0, 0, 0]], [[NaN, 0, 0, 0, 0]]])(
    "refuses %j",
    (counts) => {
      expect(() => summaryOf(counts)).toThrow(RangeError);
    },
  );
});

describe("averageRating", () => {
  it("is undefined without ratings", () => {
    expect(averageRating(noRatings)).toBeUndefined();
  });

  it.each([
    [[0, 0, 0, 0, 1], 5],
    [[0, 1, 0, 1, 1], 3.67],
    [[1, 1, 0, 0, 1], 2.67],
    [[1, 0, 0, 0, 2], 3.67],
    // 33 / 8 = 4.125: halves go up.
    [[0, 0, 1, 5, 2], 4.13],
  ])("of %j is %d", (counts, average) => {
    expect(averageRating(summaryOf(counts))).toBe(average);
  });
});
