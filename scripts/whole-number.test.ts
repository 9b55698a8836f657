import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { wholeNumber } from "./whole-number.ts";

describe("wholeNumber", () => {
  it("reads a whole number", () => {
    expect(wholeNumber("2000")).toBe(2_000);
  });

  it.each(["abc", "", "0", "-1", "1.5", "5000001"])("refuses %j", (text) => {
    expect(() => wholeNumber(text)).toThrow(InvalidArgumentError);
  });
});
