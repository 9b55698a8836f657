import { describe, expect, it } from "vitest";
import { parseLogEntry, parseWatermark } from "./invalidation.ts";

describe("an entry of the log", () => {
  it("is read as it was written", () => {
    expect(parseLogEntry(["t", '["Product:1"]', "m", "s", "e", '["e1"]', "o", "1", "b", "me/1"])).toEqual({
      kind: "invalidation",
      tags: ["Product:1"],
      events: ["e1"],
      isOfEvents: true,
      isSoft: true,
      barrier: "me/1",
    });
    const nothing = { kind: "invalidation", tags: [], events: [], isOfEvents: false, isSoft: false };
    expect(parseLogEntry(["m", "h", "t", "[]"])).toEqual(nothing);
    expect(parseLogEntry(["m", "e", "b", "me/1"])).toEqual({ kind: "epoch", barrier: "me/1" });
  });

  it.each([
    ["without tags", ["m", "h"]],
    ["without a kind", ["t", "[]"]],
    ["of another kind", ["t", "[]", "m", "x"]],
    ["with broken tags", ["t", '["a"', "m", "h"]],
    ["with tags that are no list", ["t", '{"a":1}', "m", "h"]],
    ["with broken events", ["t", "[]", "m", "h", "e", "[1]"]],
    ["of nothing", []],
  ])("%s is not taken for one that says nothing", (_, fields) => {
    expect(parseLogEntry(fields)).toEqual({ kind: "unreadable" });
  });
});

describe("a watermark", () => {
  it("says how old what was not told may be", () => {
    expect(parseWatermark(["s", "products", "a", "1500"])).toEqual({ subgraph: "products", ageMs: 1_500 });
  });

  it.each([
    ["of nobody", ["a", "1"]],
    ["without an age", ["s", "products"]],
    ["from the future", ["s", "products", "a", "-1"]],
    ["without a number", ["s", "products", "a", "soon"]],
  ])("%s is none", (_, fields) => {
    expect(parseWatermark(fields)).toBeUndefined();
  });
});
