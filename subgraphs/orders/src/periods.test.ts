import { describe, expect, it } from "vitest";
import { daysBefore, periodStart } from "./periods.ts";

describe("periodStart", () => {
  it("is the first instant of the month, UTC", () => {
    expect(periodStart("MONTH", new Date("2026-03-31T23:59:59.999Z"))).toEqual(new Date("2026-03-01T00:00:00Z"));
    expect(periodStart("MONTH", new Date("2026-03-01T00:00:00+02:00"))).toEqual(new Date("2026-02-01T00:00:00Z"));
  });

  it("is the first instant of the year, UTC", () => {
    expect(periodStart("YEAR", new Date("2026-12-31T23:59:59.999Z"))).toEqual(new Date("2026-01-01T00:00:00Z"));
  });
});

describe("daysBefore", () => {
  it("counts days of 24 hours", () => {
    expect(daysBefore(new Date("2026-03-01T12:00:00Z"), 1)).toEqual(new Date("2026-02-28T12:00:00Z"));
  });
});
