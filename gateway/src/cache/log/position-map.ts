/** Latest positions of names, of a bounded number of them. */
export interface PositionMap {
  get: (name: string) => number | undefined;
  /** Positions never go down. */
  set: (name: string, position: number) => void;
  /** The newest position that was set. */
  latest: () => number;
  /** No name that was dropped had a later position. */
  floor: () => number;
  size: () => number;
  clear: () => void;
}

/**
 * Keeps two generations and drops the older one whole. Names in one map in the order of their positions would be simpler,
 * but a name that is deleted and set again and again leaves holes in V8's table, and each look-up goes through them:
 * 200 µs in a large map.
 *
 * @param cap names that are kept
 */
export function createPositionMap(cap: number): PositionMap {
  const perGeneration = Math.max(1, Math.floor(cap / 2));
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  let latest = 0;
  /** The newest position of the older generation. */
  let oldLatest = 0;
  let floor = 0;
  return {
    get: (name) => young.get(name) ?? (old.size === 0 ? undefined : old.get(name)),
    set(name, position) {
      if (young.size >= perGeneration && !young.has(name)) {
        if (old.size > 0) floor = oldLatest;
        [old, young] = [young, new Map()];
        oldLatest = latest;
      }
      young.set(name, position);
      latest = Math.max(latest, position);
    },
    latest: () => latest,
    floor: () => floor,
    size: () => young.size + old.size,
    clear() {
      young = new Map();
      old = new Map();
      latest = 0;
      oldLatest = 0;
      floor = 0;
    },
  };
}
