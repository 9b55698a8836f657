import { describe, expect, it } from "vitest";
import { isAtLeast, majorOf } from "./version.ts";

describe("isAtLeast", () => {
  it.each([
    ["6.0.5", "6.0", true],
    ["10.0.1", "7.0", true],
    ["7.0.0-rc1", "7.0", true],
    ["5.0.32", "6.0", false],
    ["8.0.17", "8.2", false],
    ["7", "7.0", true],
  ])("%s is at least %s: %s", (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});

describe("majorOf", () => {
  it("takes the first number and refuses what has none", () => {
    expect(majorOf("8.0.17")).toBe(8);
    expect(() => majorOf("latest")).toThrow('"latest" is not a version');
  });
});
