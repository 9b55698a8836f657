// Parts of a subgraph that have answered against their policy: they are asked as the caller and not kept for a while,
// because what everybody would be shown may be meant for one.
import { LRUCache } from "lru-cache";

/** Milliseconds after which such a part is tried again. */
const quarantineMs = 600_000;

/** Coordinates are names of the schema, so there are not many. */
export interface Quarantine {
  has: (coordinate: string) => boolean;
  /** It might be one that answered against its policy together with others, so it is asked alone to find out. */
  isSuspect: (coordinate: string) => boolean;
  /** A question about these parts was answered against their policy. @returns whether it is known by which part */
  blame: (coordinates: ReadonlySet<string>) => boolean;
}

export function createQuarantine(ms = quarantineMs): Quarantine {
  const held = new LRUCache<string, true>({ max: 10_000, ttl: ms });
  const suspects = new LRUCache<string, true>({ max: 10_000, ttl: ms });
  return {
    has: (coordinate) => held.has(coordinate),
    isSuspect: (coordinate) => suspects.has(coordinate),
    blame(coordinates) {
      const isOne = coordinates.size === 1;
      for (const coordinate of coordinates) (isOne ? held : suspects).set(coordinate, true);
      return isOne;
    },
  };
}
