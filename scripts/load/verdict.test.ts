import { createHistogram } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { type Measured } from "./run-load.ts";
import { judge, reportLines } from "./verdict.ts";

const thresholds = { p95: 500, p99: 2_000, errors: 1, rate: 9.5 };

function measured(milliseconds: number[], failures: Record<string, number> = {}, seconds = 10): Measured {
  const times = createHistogram();
  for (const one of milliseconds) times.record(one * 1000);
  const timesOf = new Map([["HomePage", times]]);
  return { times, timesOf, succeeded: milliseconds.length, failures: new Map(Object.entries(failures)), seconds };
}
const fast = Array.from({ length: 99 }, () => 20);
const failedOf = (one: Measured) =>
  judge(one, thresholds)
    .filter(({ passed }) => !passed)
    .map(({ name }) => name);

describe("judge", () => {
  it("passes what is within all thresholds", () => {
    expect(failedOf(measured([...fast, 400]))).toEqual([]);
  });

  it("fails p95 alone where every tenth answer is late", () => {
    expect(failedOf(measured([...fast.slice(0, 90), ...Array.from({ length: 10 }, () => 900)]))).toEqual(["p95"]);
  });

  it("fails p99 alone where two of a hundred are very late", () => {
    expect(failedOf(measured([...fast.slice(0, 98), 3_000, 3_000]))).toEqual(["p99"]);
  });

  it("fails the share of errors above one in a hundred, and not at it", () => {
    expect(failedOf(measured(fast, { "503": 1 }))).toEqual([]);
    expect(failedOf(measured(fast, { "503": 2 }))).toEqual(["errors"]);
  });

  it("fails the rate where answers are too few for the time", () => {
    expect(failedOf(measured(fast, {}, 11))).toEqual(["rate"]);
  });

  it("passes nothing where no request succeeded, however quick the refusals were", () => {
    expect(failedOf(measured([], { "429": 500 }))).toEqual(["p95", "p99", "errors", "rate"]);
  });
});

describe("reportLines", () => {
  it("shows every threshold with what was measured, and why requests failed", () => {
    const one = measured(fast, { "429": 7 });
    const text = reportLines(one, judge(one, thresholds)).join("\n");
    expect(text).toMatch(/errors %\s+6\.6\s+≤ 1\s+FAILED/);
    expect(text).toMatch(/7 × 429 \(rate limit/);
    expect(text).toMatch(/HomePage\s+99\s+20\.\d\s+20\.\d/);
  });
});
