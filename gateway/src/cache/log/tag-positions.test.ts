import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Verdict } from "./invalidation-log.ts";
import { createTagPositions } from "./tag-positions.ts";

interface Change {
  tags: string[];
  isSoft: boolean;
}

const tag = fc.constantFrom(..."abcdefgh");
const change = fc.record({ tags: fc.uniqueArray(tag, { minLength: 1, maxLength: 4 }), isSoft: fc.boolean() });
const changes = fc.array(change, { maxLength: 40 });
const entry = fc.record({ tags: fc.uniqueArray(tag, { maxLength: 5 }), position: fc.nat({ max: 41 }) });

/** By definition: looks through all that ever happened. Changes have the positions 1, 2, 3 and so on. */
function naiveVerdict(all: readonly Change[], tags: readonly string[], position: number): Verdict {
  const later = all.slice(position).filter((change) => change.tags.some((each) => tags.includes(each)));
  if (later.some(({ isSoft }) => !isSoft)) return "hard";
  return later.length > 0 ? "soft" : "valid";
}

const severity: Record<Verdict, number> = { valid: 0, soft: 1, hard: 2 };

function positionsAfter(all: readonly Change[], cap: number) {
  const positions = createTagPositions(cap);
  all.forEach(({ tags, isSoft }, index) => {
    positions.invalidate(tags, index + 1, isSoft);
  });
  return positions;
}

describe("positions of tags", () => {
  it("says what a look through all changes says", () => {
    fc.assert(
      fc.property(changes, entry, (all, { tags, position }) => {
        expect(positionsAfter(all, 100).verdict(tags, position)).toBe(naiveVerdict(all, tags, position));
      }),
      { numRuns: 3_000 },
    );
  });

  it("is never milder than that when it had to drop tags, and bounded", () => {
    fc.assert(
      fc.property(changes, entry, fc.integer({ min: 2, max: 6 }), (all, { tags, position }, cap) => {
        const positions = positionsAfter(all, cap);
        const known = severity[positions.verdict(tags, position)];
        expect(known).toBeGreaterThanOrEqual(severity[naiveVerdict(all, tags, position)]);
        expect(positions.size()).toBeLessThanOrEqual(2 * cap);
      }),
      { numRuns: 3_000 },
    );
  });

  it("says the same when it is asked again after each change, about the same entry and about one that moved", () => {
    fc.assert(
      fc.property(
        changes,
        fc.array(fc.uniqueArray(tag, { minLength: 4, maxLength: 6 }), { maxLength: 4 }),
        (all, entries) => {
          const positions = createTagPositions(100);
          all.forEach(({ tags, isSoft }, index) => {
            positions.invalidate(tags, index + 1, isSoft);
            const now = all.slice(0, index + 1);
            for (const entry of entries)
              for (const position of [0, 0, index])
                expect(positions.verdict(entry, position)).toBe(naiveVerdict(now, entry, position));
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is not stricter than needed for what was kept after the last dropped change", () => {
    const positions = createTagPositions(10);
    for (let index = 1; index <= 11; index += 1) positions.invalidate([`t${index}`], index, false);
    expect(positions.verdict(["t1"], 0)).toBe("hard");
    expect(positions.verdict(["never"], 4)).toBe("hard");
    expect(positions.verdict(["never"], 5)).toBe("valid");
    expect(positions.verdict(["t6"], 5)).toBe("hard");
    expect(positions.verdict(["t11"], 10)).toBe("hard");
  });

  it("forgets what was kept before a floor, whatever its tags", () => {
    const positions = createTagPositions(10);
    positions.raiseFloor(5);
    expect(positions.verdict([], 4)).toBe("hard");
    expect(positions.verdict(["a"], 5)).toBe("valid");
    positions.raiseFloor(3);
    expect(positions.verdict([], 4)).toBe("hard");
  });

  it("keeps a hard change in mind when a soft one follows, and the other way round", () => {
    const positions = createTagPositions(10);
    positions.invalidate(["a", "b"], 1, false);
    positions.invalidate(["a", "b"], 2, true);
    positions.invalidate(["b"], 3, false);
    expect(positions.verdict(["a"], 0)).toBe("hard");
    expect(positions.verdict(["a"], 1)).toBe("soft");
    expect(positions.verdict(["a"], 2)).toBe("valid");
    expect(positions.verdict(["b"], 2)).toBe("hard");
  });
});
