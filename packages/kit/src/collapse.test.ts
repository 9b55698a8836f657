import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Collapsed, createCollapser } from "./collapse.ts";

let told: Collapsed<string>[];
const collapser = () => createCollapser<string>(1_000, (collapsed) => told.push(collapsed));

beforeEach(() => {
  told = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a collapser", () => {
  it("tells the first at once and the others together at the end of the period", () => {
    const { add } = collapser();
    for (let n = 0; n < 5; n += 1) add("a", "value");
    expect(told).toEqual([{ value: "value", count: 1 }]);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([
      { value: "value", count: 1 },
      { value: "value", count: 4 },
    ]);
  });

  it("says nothing at the end when nothing followed, and begins anew", () => {
    const { add } = collapser();
    add("a", "value");
    vi.advanceTimersByTime(1_000);
    add("a", "value");
    expect(told.map(({ count }) => count)).toEqual([1, 1]);
  });

  it("counts all of 5,000 different keys without keeping or telling each", () => {
    const { add, flush } = collapser();
    for (let n = 0; n < 5_000; n += 1) add(`key ${n}`, "value");
    flush();
    expect(told.length).toBeLessThan(1_100);
    expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
  });

  it("tells what goes beyond as it is told to, under as few keys", () => {
    const { add, flush } = createCollapser<string>(
      1_000,
      (collapsed) => told.push(collapsed),
      (value) => [value, `some ${value}`],
    );
    for (let n = 0; n < 1_000; n += 1) add(`key ${n}`, "early");
    for (let n = 0; n < 10; n += 1) add(`late ${n}`, n % 2 === 0 ? "even" : "odd");
    flush();
    expect(told.slice(1_000)).toEqual([
      { value: "some even", count: 1 },
      { value: "some odd", count: 1 },
      { value: "some even", count: 4 },
      { value: "some odd", count: 4 },
    ]);
  });
});
