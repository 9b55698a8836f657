// When each tag was last invalidated, as far as memory goes; before that, everything counts as invalidated.
import { type Verdict } from "./invalidation-log.ts";
import { createPositionMap } from "./position-map.ts";

export interface TagPositions {
  /** Positions must not go down from call to call. */
  invalidate: (tags: readonly string[], position: number, isSoft: boolean) => void;
  /** Whatever was kept before a position counts no more. */
  raiseFloor: (position: number) => void;
  verdict: (tags: readonly string[], position: number) => Verdict;
  /** Where a tag was last invalidated so that nothing may be shown. */
  hardPosition: (tag: string) => number | undefined;
  floor: () => number;
  size: () => number;
  clear: () => void;
}

/** The last verdict on an entry, which holds until something changes. */
interface Remembered {
  position: number;
  version: number;
  verdict: Verdict;
}

/** For fewer tags than this it is quicker to look them up. */
const rememberedFrom = 4;

/** @param cap tags of each kind that are remembered */
export function createTagPositions(cap: number): TagPositions {
  const hard = createPositionMap(cap);
  const soft = createPositionMap(cap);
  let floor = 0;
  /** Raised by each change; positions are not enough, because later changes may have the same. */
  let version = 0;
  /** By the tags of an entry, which stay the same array for as long as it lies in memory. */
  const remembered = new WeakMap<readonly string[], Remembered>();
  const floorNow = () => Math.max(floor, hard.floor());

  const lookUp = (tags: readonly string[], position: number): Verdict => {
    if (position < hard.latest()) for (const tag of tags) if ((hard.get(tag) ?? 0) > position) return "hard";
    if (position < soft.floor()) return "soft";
    if (position < soft.latest()) for (const tag of tags) if ((soft.get(tag) ?? 0) > position) return "soft";
    return "valid";
  };
  return {
    invalidate(tags, position, isSoft) {
      version += 1;
      const map = isSoft ? soft : hard;
      for (const tag of tags) map.set(tag, position);
    },
    raiseFloor(position) {
      version += 1;
      floor = Math.max(floor, position);
    },
    verdict(tags, position) {
      if (position < floorNow()) return "hard";
      if (tags.length < rememberedFrom) return lookUp(tags, position);
      const known = remembered.get(tags);
      if (known?.version === version && known.position === position) return known.verdict;
      const verdict = lookUp(tags, position);
      remembered.set(tags, { position, version, verdict });
      return verdict;
    },
    hardPosition: (tag) => hard.get(tag),
    floor: floorNow,
    size: () => hard.size() + soft.size(),
    clear() {
      version += 1;
      hard.clear();
      soft.clear();
      floor = 0;
    },
  };
}
