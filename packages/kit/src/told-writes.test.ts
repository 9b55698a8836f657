import { describe, expect, it } from "vitest";
import {
  asToldWrites,
  noteTold,
  noteWrite,
  parseToldWrites,
  runTelling,
  toldWrites,
  toldWritesHeader,
} from "./told-writes.ts";

describe("what a request has written", () => {
  it("is what it and the programs it asked have noted, and nothing of another request", () => {
    noteWrite(new Map([["lost", undefined]]), []);
    const told = runTelling(() => {
      noteWrite(new Map([["Thing:1", "model:t:Thing"]]), ["e1"]);
      noteTold({ tags: ["Other:1"], events: ["e2"] });
      return toldWrites();
    });
    expect(told).toEqual({ tags: ["Thing:1", "Other:1"], events: ["e1", "e2"] });
    expect(toldWrites()).toBeUndefined();
    expect(runTelling(() => toldWrites())).toBeUndefined();
  });

  it("names no events when the request has failed, whose writes may happen later than they are told", () => {
    const told = runTelling(() => {
      noteWrite(new Map([["Thing:1", "model:t:Thing"]]), ["e1"]);
      return [toldWrites({ hasFailed: true }), parseToldWrites(toldWritesHeader(true) ?? "")];
    });
    expect(told).toEqual([{ tags: ["Thing:1"] }, { tags: ["Thing:1"] }]);
  });

  it("fits into a header however much it is, and comes back out of it", () => {
    const header = runTelling(() => {
      for (let n = 0; n < 2_000; n += 1) noteWrite(new Map([[`Thing:${n}`, "model:t:Thing"]]), [`e${n}`]);
      return toldWritesHeader();
    });
    expect(parseToldWrites(header ?? "")).toEqual({ tags: ["model:t:Thing"] });
  });

  it("is not believed when it is none", () => {
    for (const text of ["", "nonsense", "null", "[]", '{"tags":"x"}', '{"tags":[1]}'])
      expect(parseToldWrites(text)).toBeUndefined();
    expect(asToldWrites({ tags: ["a"], events: [1] })).toEqual({ tags: ["a"] });
    expect(asToldWrites(undefined)).toBeUndefined();
  });
});
