// Ratings in numbers. Pure: count and sum are kept beside the counts, so that a list never adds up.

export interface RatingSummary {
  count: number;
  sum: number;
  /** How many of each rating, from 1 to 5. */
  ratingCounts: number[];
}

/** Of a product without reviews. */
export const noRatings: Readonly<RatingSummary> = { count: 0, sum: 0, ratingCounts: [0, 0, 0, 0, 0] };

/** @param ratingCounts how many of each rating, from 1 to 5 */
export function summaryOf(ratingCounts: readonly number[]): RatingSummary {
  if (ratingCounts.length !== 5 || ratingCounts.some((count) => !Number.isSafeInteger(count) || count < 0))
    throw new RangeError("A summary needs five counts, each zero or more.");
  return {
    count: ratingCounts.reduce((total, count) => total + count, 0),
    sum: ratingCounts.reduce((total, count, index) => total + count * (index + 1), 0),
    ratingCounts: [...ratingCounts],
  };
}

/** Mean with two decimals, undefined without ratings. */
export const averageRating = ({ count, sum }: RatingSummary): number | undefined =>
  count === 0 ? undefined : Math.round((sum * 100) / count) / 100;
