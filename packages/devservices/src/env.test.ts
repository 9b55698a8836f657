import { homedir } from "node:os";
import { describe, expect, it } from "vitest";
import { readHost } from "./env.ts";

describe("readHost", () => {
  it("keeps downloads under XDG_CACHE_HOME when that is absolute, else under ~/.cache", () => {
    expect(readHost({ XDG_CACHE_HOME: "/somewhere" }).cacheDir).toBe("/somewhere/tradegraph");
    expect(readHost({ XDG_CACHE_HOME: "relative" }).cacheDir).toBe(`${homedir()}/.cache/tradegraph`);
    expect(readHost({}).cacheDir).toBe(`${homedir()}/.cache/tradegraph`);
  });

  it("looks for programs in absolute folders only", () => {
    expect(readHost({ PATH: "/a::./b:/c" }).searchPath).toEqual(["/a", "/c"]);
  });
});
