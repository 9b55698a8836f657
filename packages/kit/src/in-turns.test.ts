import { expect, it } from "vitest";
import { atOnce, inTurns, type Steps } from "./in-turns.ts";

const busy = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

function* count(steps: number, ms = 2): Steps<number> {
  for (let step = 0; step < steps; step += 1) {
    busy(ms);
    yield;
  }
  return steps;
}

it("lets others have their turn between the steps", async () => {
  const order: string[] = [];
  const done = inTurns(count(20)).then((steps) => order.push(`${steps} steps`));
  setImmediate(() => order.push("other"));
  await done;
  expect(order).toEqual(["other", "20 steps"]);
});

it("does short work in one turn", async () => {
  const order: string[] = [];
  setImmediate(() => order.push("other"));
  await inTurns(count(1, 0));
  expect(order).toEqual([]);
});

it("gives the result at once to whoever waits for nothing else", () => {
  expect(atOnce(count(3))).toBe(3);
});

it("fails as the work fails", async () => {
  function* fail(): Steps<never> {
    throw new Error("broken");
  }
  await expect(inTurns(fail())).rejects.toThrow("broken");
  expect(() => atOnce(fail())).toThrow("broken");
});
