import { expect, it } from "vitest";
import { createPlanLane } from "./plan-lane.ts";

const take = (lane: { take: () => string | undefined }, count: number) =>
  Array.from({ length: count }, () => lane.take());

it("takes one of each caller in turn, and of each in order", () => {
  const lane = createPlanLane<string>({ most: 10, mostOfOne: 5 });
  for (const one of ["a1", "a2", "a3", "b1", "c1", "b2"]) expect(lane.add(one.charAt(0), one)).toBe(true);
  expect(take(lane, 3)).toEqual(["a1", "b1", "c1"]);
  lane.add("c", "c2");
  expect([...take(lane, 4), lane.length()]).toEqual(["a2", "b2", "c2", "a3", 0]);
  expect(lane.take()).toBeUndefined();
});

it("keeps places for others when one caller sends many", () => {
  const lane = createPlanLane<string>({ most: 3, mostOfOne: 2 });
  const taken = ["a1", "a2", "a3", "b1", "c1"].map((one) => lane.add(one.charAt(0), one));
  expect(taken).toEqual([true, true, false, true, false]);
  expect(lane.length()).toBe(3);
  lane.take();
  expect([lane.add("a", "a4"), lane.add(undefined, "own")]).toEqual([true, false]);
});

it("gives up all at its end", () => {
  const lane = createPlanLane<string>({ most: 3, mostOfOne: 2 });
  for (const one of ["a1", "a2", "b1"]) lane.add(one.charAt(0), one);
  expect([lane.takeAll(), lane.length(), lane.take()]).toEqual([["a1", "a2", "b1"], 0, undefined]);
});
