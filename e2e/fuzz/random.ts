// Chance that can be repeated: everything that a case of the fuzz does follows from two numbers.

export interface Random {
  /** From 0 to below 1. */
  next: () => number;
  /** A whole number from 0 to below `end`. */
  below: (end: number) => number;
  chance: (probability: number) => boolean;
  /** @throws Error for an empty list */
  pick: <T>(list: readonly T[]) => T;
  /** `count` items in their order, or all where there are fewer. */
  some: <T>(list: readonly T[], count: number) => T[];
}

/**
 * Numbers of case `index` of the run `seed`, the same on every machine. The generator is mulberry32 (Tommy Ettinger,
 * public domain), whose state is one 32-bit number.
 */
export function createRandom(seed: number, index: number): Random {
  // Neighbours must not resemble each other, so their numbers are spread over all 32 bits first.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    ...{ next, below, chance: (probability) => next() < probability },
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new Error("There is nothing to pick from.");
      return list[below(list.length)] as T;
    },
    some<T>(list: readonly T[], count: number): T[] {
      const left = [...list.keys()];
      while (left.length > count) left.splice(below(left.length), 1);
      return left.map((place) => list[place] as T);
    },
  };
}
