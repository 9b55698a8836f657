import { describe, expect, it } from "vitest";
import { changePosition } from "./log-position.ts";
import { createLogView, type EntryKind, type RawEntry } from "./log-view.ts";

const epoch = { text: "e:run:10-0:5", name: "e", startId: "10-0", startCount: 5 };

function viewOfEpoch() {
  const kinds: EntryKind[] = [];
  const view = createLogView({ tagCap: 100, onEntry: (kind) => kinds.push(kind) });
  view.begin(epoch);
  return { view, kinds };
}

const told = (id: string, tags: string[], events: string[] = [], mode = "h"): RawEntry => [
  id,
  ["t", JSON.stringify(tags), "m", mode, "e", JSON.stringify(events)],
];
/** As a relay tells it. */
const repeated = (id: string, tags: string[], events: string[]): RawEntry => {
  const [, fields] = told(id, tags, events);
  return [id, [...fields, "o", "1"]];
};
const beat = (lastId: string, count: number) => ({
  epoch: epoch.text,
  lastId,
  count,
  members: new Map<string, string>(),
  time: 0,
});
const after = (firstId: string, deletedId = "0-0") => ({ epoch: epoch.text, firstId, deletedId });

describe("what an entry changes", () => {
  it("is left out when all its events were told before", () => {
    const { view, kinds } = viewOfEpoch();
    view.apply([told("11-0", ["a"], ["e1", "e2"]), repeated("12-0", ["a"], ["e1"])]);
    expect(view.verdict(["a"], changePosition("11-0"))).toBe("valid");
    expect(kinds).toEqual(["hard", "repeated"]);
  });

  it("is not left out when one of its events is new", () => {
    const { view } = viewOfEpoch();
    view.apply([told("11-0", ["a"], ["e1"]), repeated("12-0", ["a"], ["e1", "e2"])]);
    expect(view.verdict(["a"], changePosition("11-0"))).toBe("hard");
  });

  it("is applied for the tags that the first telling did not name", () => {
    const { view } = viewOfEpoch();
    view.apply([told("11-0", ["a"], ["e1"]), repeated("12-0", ["a", "b"], ["e1"])]);
    expect(view.verdict(["a"], changePosition("11-0"))).toBe("valid");
    expect(view.verdict(["b"], changePosition("11-0"))).toBe("hard");
  });

  it("is applied when a mutation tells it after its relay: it may have written more after the event", () => {
    const { view } = viewOfEpoch();
    const anotherMutation = told("12-0", ["b"], ["e2"]);
    // Asked for behind that one, and answered before the first mutation wrote `b` too.
    const asked = changePosition("12-0");
    view.apply([repeated("11-0", ["a"], ["e1"]), anotherMutation, told("13-0", ["a", "b"], ["e1"])]);
    expect(view.verdict(["b"], asked)).toBe("hard");
    expect(view.verdict(["a"], asked)).toBe("hard");
  });

  it("is applied when the first telling was softer", () => {
    const { view } = viewOfEpoch();
    view.apply([told("11-0", ["a"], ["e1"], "s"), repeated("12-0", ["a"], ["e1"])]);
    expect(view.verdict(["a"], changePosition("11-0"))).toBe("hard");
  });

  it.each([
    ["no fields that we know", ["x", "y"]],
    ["tags that are no JSON", ["t", "[", "m", "h"]],
    ["tags that are no texts", ["t", "[1]", "m", "h"]],
    ["a kind of later programs", ["t", "[]", "m", "z"]],
    ["events that are no JSON", ["t", "[]", "m", "h", "e", "{"]],
    ["an odd number of fields", ["t"]],
  ])("is everything when it has %s", (_, fields) => {
    const { view, kinds } = viewOfEpoch();
    view.apply([["11-0", fields]]);
    expect(view.verdict(["never"], changePosition("10-9"))).toBe("hard");
    expect(view.verdict(["never"], changePosition("11-0"))).toBe("valid");
    expect(kinds).toEqual(["unreadable"]);
  });

  it("is to be acknowledged when it has a barrier", () => {
    const { view } = viewOfEpoch();
    const entry: RawEntry = ["11-0", ["t", "[]", "m", "h", "b", "me/1"]];
    expect(view.apply([entry, ["12-0", ["m", "e", "b", ""]]])).toEqual({ barriers: ["me/1"], hasEpoch: true });
  });
});

describe("what is read against what Redis was given", () => {
  it("is complete when nothing is missing", () => {
    const { view } = viewOfEpoch();
    const read = [told("11-0", ["a"]), told("12-0", ["b"])];
    view.apply(read);
    // The second came between the beat and the read.
    expect(view.check(beat("11-0", 6), read, after("1-0"))).toBe("complete");
    view.apply([]);
    expect(view.check(beat("12-0", 7), [], after("1-0"))).toBe("complete");
    expect(view.verdict(["never"], changePosition("10-0"))).toBe("valid");
  });

  it("has been trimmed away unread when the stream was given more: all that was kept before its first entry counts no more", () => {
    const { view } = viewOfEpoch();
    const read = [told("20-0", ["a"])];
    view.apply(read);
    expect(view.check(beat("20-0", 9), read, after("19-0"))).toBe("trimmed");
    expect(view.verdict(["never"], changePosition("18-0"))).toBe("hard");
    expect(view.verdict(["never"], changePosition("19-0"))).toBe("valid");
    // And it is counted once.
    view.apply([]);
    expect(view.check(beat("20-0", 9), [], after("19-0"))).toBe("complete");
  });

  it("has been deleted by hand: all that was kept before that counts no more", () => {
    const { view } = viewOfEpoch();
    const read = [told("20-0", ["a"])];
    view.apply(read);
    expect(view.check(beat("20-0", 7), read, after("1-0", "15-0"))).toBe("trimmed");
    expect(view.verdict(["never"], changePosition("14-0"))).toBe("hard");
    expect(view.verdict(["never"], changePosition("15-0"))).toBe("valid");
  });

  it("goes on behind a newest entry that was deleted by hand", () => {
    const { view } = viewOfEpoch();
    view.apply([]);
    expect(view.check(beat("12-0", 6), [], after("1-0", "12-0"))).toBe("trimmed");
    expect(view.lastId()).toBe("12-0");
  });

  it.each([
    ["the stream was given less than was read", beat("11-0", 4), after("1-0")],
    ["its newest entry is older than what was read", beat("9-0", 6), after("1-0")],
    ["it is gone", beat("11-0", 6), after("0-0")],
  ])("is another log when %s", (_, seen, state) => {
    const { view } = viewOfEpoch();
    view.apply([told("11-0", ["a"])]);
    view.apply([]);
    expect(view.check(seen, [], state)).toBe("replaced");
  });
});
