import { describe, expect, it } from "vitest";
import { createPurgeQueue, type PurgeBatch, type PurgeQueue } from "./purge-queue.ts";

const entry = (id: string, tags: string[], isSoft = false) => ({ id, tags, isSoft, writtenAt: 0 });
const take = (queue: PurgeQueue, now: number): PurgeBatch => {
  const batch = queue.take(now);
  if (!batch) throw new Error("Nothing is due.");
  return batch;
};

describe("what waits for the CDN", () => {
  it("goes twice, and is done after the second time", () => {
    const queue = createPurgeQueue({ repeatAfterMs: 100 });
    queue.add(entry("1-0", ["a"]));
    queue.accepted(take(queue, 0), 10);
    expect([queue.hasDue(109), queue.hasDue(110)]).toEqual([false, true]);
    expect(queue.settlement().ids).toEqual([]);
    const again = take(queue, 110);
    expect(again.hard).toEqual(["a", "more-a"]);
    queue.accepted(again, 120);
    const settlement = queue.settlement();
    expect(settlement).toEqual({ ids: ["1-0"], owed: undefined });
    queue.settled(settlement);
    expect([queue.size(), queue.hasDue(Infinity)]).toEqual([0, false]);
  });

  it("goes with what came later when it was not accepted, hard where both are told", () => {
    const queue = createPurgeQueue({ repeatAfterMs: 100 });
    queue.add(entry("1-0", ["T:1", "T:2"], true));
    queue.putBack(take(queue, 0));
    queue.add(entry("2-0", ["T:2", "T:3"]));
    const batch = take(queue, 0);
    expect(batch.hard).toEqual(["T:2", "T:3", "more-T"]);
    expect(batch.soft).toEqual(["T:1"]);
  });

  it("is repeated at once when the repetition failed", () => {
    const queue = createPurgeQueue({ repeatAfterMs: 100 });
    queue.add(entry("1-0", ["a"]));
    queue.accepted(take(queue, 0), 0);
    queue.putBack(take(queue, 100));
    expect(take(queue, 100).again).toHaveLength(1);
  });

  it("is taken over once, though it comes twice", () => {
    const queue = createPurgeQueue({ repeatAfterMs: 100 });
    queue.add(entry("1-0", ["a"]));
    queue.add(entry("1-0", ["a"]));
    queue.addUnknown("1-0");
    expect(take(queue, 0).first).toHaveLength(1);
    expect(queue.settlement()).toEqual({ ids: [], owed: undefined });
  });

  it("becomes everything when a batch has too many tags, when too much is held, and when nobody knows what it is", () => {
    const queue = createPurgeQueue({ repeatAfterMs: 100, batchTags: 4, heldTags: 20 });
    queue.add(entry("1-0", ["A:1", "A:2", "A:3", "A:4"]));
    expect(queue.take(0)).toBeUndefined();
    const first = queue.settlement();
    expect(first.ids).toEqual(["1-0"]);
    expect(first.owed).toBeDefined();

    for (let id = 2; id <= 12; id += 1) queue.add(entry(`${id}-0`, ["B:1"]));
    // Of what came later; the first one's answer must not take it for told.
    queue.settled(first);
    expect(queue.settlement().ids).toHaveLength(11);
    expect(queue.settlement().owed).toBeDefined();
    expect(queue.hasDue(Infinity)).toBe(false);
    queue.settled(queue.settlement());
    expect(queue.settlement()).toEqual({ ids: [], owed: undefined });

    queue.addUnknown("13-0");
    expect(queue.settlement()).toMatchObject({ ids: ["13-0"], owed: expect.any(String) as string });
  });

  it("takes no more room for the same tags in many entries than for their ids", () => {
    const queue = createPurgeQueue({ repeatAfterMs: 100, batchTags: 4 });
    for (let id = 0; id < 1_000; id += 1) queue.add(entry(`${id}-0`, ["A:1"]));
    expect(take(queue, 0).hard).toEqual(["A:1", "more-A"]);
  });
});
