import { expect, it } from "vitest";
import { createQuarantine } from "./quarantine.ts";

it("holds a part for its time, and then lets it be tried again", async () => {
  const quarantine = createQuarantine(20);
  expect(quarantine.blame(new Set(["stock:root:item"]))).toBe(true);
  expect([quarantine.has("stock:root:item"), quarantine.has("stock:root:other")]).toEqual([true, false]);
  await expect.poll(() => quarantine.has("stock:root:item")).toBe(false);
});

it("blames none of several, and lets each be asked alone", () => {
  const quarantine = createQuarantine();
  expect(quarantine.blame(new Set(["a", "b"]))).toBe(false);
  expect(["a", "b", "c"].map((name) => [quarantine.has(name), quarantine.isSuspect(name)])).toEqual([
    [false, true],
    [false, true],
    [false, false],
  ]);
});
