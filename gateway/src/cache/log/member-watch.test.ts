import { describe, expect, it } from "vitest";
import { watchMembers } from "./member-watch.ts";

const beats = (numbers: Record<string, string>) => new Map(Object.entries(numbers));

describe("the watch over members", () => {
  it("names who has not moved for the time of silence, with the number it stands at", () => {
    const { observe } = watchMembers(3_000);
    expect(observe(beats({ a: "1", b: "7" }), { sentAt: 0, answeredAt: 10 })).toEqual([]);
    expect(observe(beats({ a: "2", b: "7" }), { sentAt: 3_009, answeredAt: 3_009 })).toEqual([]);
    expect(observe(beats({ a: "3", b: "7" }), { sentAt: 3_010, answeredAt: 3_011 })).toEqual([["b", "7"]]);
    expect(observe(beats({ a: "3", b: "8" }), { sentAt: 9_000, answeredAt: 9_001 })).toEqual([["a", "3"]]);
  });

  it("does not take its own pause for the silence of others", () => {
    const { observe } = watchMembers(3_000);
    observe(beats({ a: "1" }), { sentAt: 0, answeredAt: 1 });
    // Asked at once, but this process stood still for ten seconds before it saw the answer.
    expect(observe(beats({ a: "1" }), { sentAt: 2, answeredAt: 10_000 })).toEqual([]);
  });

  it("begins anew with who went and came back", () => {
    const { observe } = watchMembers(3_000);
    observe(beats({ a: "1" }), { sentAt: 0, answeredAt: 0 });
    observe(beats({}), { sentAt: 1_000, answeredAt: 1_000 });
    expect(observe(beats({ a: "1" }), { sentAt: 5_000, answeredAt: 5_000 })).toEqual([]);
  });
});
