import { createHash } from "node:crypto";
import { Types } from "mongoose";

/** The same id for the same thing in every run and every subgraph: 12 bytes of a digest. */
export function seedId(tenantId: string, kind: string, n: number | string): Types.ObjectId {
  return new Types.ObjectId(createHash("sha1").update(`${tenantId}:${kind}:${n}`).digest().subarray(0, 12));
}

/** Random numbers that are the same in every run. */
export interface SeedRandom {
  /** Whole number from 0 to `below` − 1. */
  below: (below: number) => number;
  /** Whole number from `least` to `most`. */
  between: (least: number, most: number) => number;
  pick: <T>(values: readonly T[]) => T;
  /** True in `percent` of 100 cases. */
  chance: (percent: number) => boolean;
}

/** A generator of its own for each thing, so that the order of generation does not matter (mulberry32). */
export function seedRandom(tenantId: string, kind: string, n: number): SeedRandom {
  let state = createHash("sha1").update(`${tenantId}/${kind}/${n}`).digest().readUInt32LE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    pick: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new RangeError("Nothing to pick from.");
      return value;
    },
    chance: (percent) => below(100) < percent,
  };
}
