// Buckets of which this gateway knows that something is taken. A Redis that comes back empty is told by every gateway, and
// soon: whoever knows most of a caller need not be the one to whom the caller comes next.
import { type Bucket } from "./bucket.ts";
import { usedAt } from "./bucket-level.ts";

export interface CountedBuckets {
  /** Redis has said what is taken of it. */
  add: (bucket: Bucket) => void;
  /** Any of them. */
  first: () => Bucket | undefined;
  /** Redis may have forgotten all. */
  doubt: () => void;
  isDoubted: () => boolean;
  /**
   * Those that Redis was not told of since it may have forgotten them: strict ones first, then the latest.
   *
   * @param era the time between two failures that goes on now
   */
  untold: (era: number, most: number) => Bucket[];
}

/** The least recent are forgotten. */
const mostBuckets = 50_000;

export function createCountedBuckets(now: () => number): CountedBuckets {
  const counted = new Set<Bucket>();
  let isDoubted = false;
  const isUntold = ({ era, known, rate }: Bucket, current: number, at: number) =>
    era !== current && known !== undefined && usedAt(known, rate, at) > 0;
  return {
    add(bucket) {
      counted.delete(bucket);
      counted.add(bucket);
      const [oldest] = counted;
      if (counted.size > mostBuckets && oldest) counted.delete(oldest);
    },
    first: () => counted.values().next().value,
    doubt() {
      isDoubted = true;
    },
    isDoubted: () => isDoubted,
    untold(era, most) {
      if (!isDoubted) return [];
      const at = now();
      const all = [...counted].filter((bucket) => isUntold(bucket, era, at)).reverse();
      if (all.length <= most) isDoubted = false;
      const inOrder = [...all.filter(({ isStrict }) => isStrict), ...all.filter(({ isStrict }) => !isStrict)];
      return inOrder.slice(0, most);
    },
  };
}
