import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { within } from "./within.ts";

it("gives what the work gives, and its error", async () => {
  expect(await within(1_000, Promise.resolve(1))).toBe(1);
  await expect(within(1_000, Promise.reject(new Error("no")))).rejects.toThrow("no");
});

it("fails when the work takes longer", async () => {
  await expect(within(10, sleep(10_000, undefined, { ref: false }))).rejects.toThrow("It took longer than 10 ms.");
});

it("does not count time in which the process stood still", async () => {
  const work = sleep(20, "done");
  const answer = within(60, work);
  const end = performance.now() + 120;
  while (performance.now() < end);
  expect(await answer).toBe("done");
});
