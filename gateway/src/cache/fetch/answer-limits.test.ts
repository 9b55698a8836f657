import { describe, expect, it } from "vitest";
import { readAnswerLimits, readEntityLimits } from "./answer-limits.ts";

const silent = { isPrivate: false, noStore: false, maxAge: undefined };

describe("limits of an answer", () => {
  it.each([
    [undefined, undefined, {}],
    ["public, max-age=60", undefined, { maxAge: 60 }],
    ["MAX-AGE=60", "20", { maxAge: 40 }],
    ["max-age=60", "61", { maxAge: 0 }],
    ["max-age=60", "soon", { maxAge: 60 }],
    ["max-age=60, s-maxage=9", undefined, { maxAge: 9 }],
    ["private, max-age=60", undefined, { isPrivate: true, maxAge: 60 }],
    ['private="authorization"', undefined, { isPrivate: true }],
    ["no-store", undefined, { noStore: true }],
    ["no-cache, max-age=60", undefined, { maxAge: 0 }],
    ['no-cache="set-cookie", max-age=60', undefined, { maxAge: 0 }],
    ["something=new, immutable, max-age=5", undefined, { maxAge: 5 }],
    ["max-age=-1", undefined, {}],
  ])("with `%s` and age %s", (control, age, limits) => {
    const headers = { ...(control !== undefined && { "cache-control": control }), ...(age !== undefined && { age }) };
    expect(readAnswerLimits(headers)).toEqual({ ...silent, ...limits });
  });
});

describe("limits of one entity", () => {
  it("are a time and a scope", () => {
    expect(readEntityLimits([30, "PRIVATE"])).toEqual({ ...silent, isPrivate: true, maxAge: 30 });
    expect(readEntityLimits([30])).toEqual({ ...silent, maxAge: 30 });
  });

  it.each([undefined, null, 30, [], ["30"], [-1], [NaN]])("are none in %j", (item) => {
    expect(readEntityLimits(item)).toBeUndefined();
  });
});
