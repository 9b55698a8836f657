import { type RedisConnection } from "@tradegraph/kit/redis";
import { describe, expect, it } from "vitest";
import { createUntold } from "./untold.ts";

/** Takes calls and answers them when told to. */
function createSlowRedis() {
  const calls: string[] = [];
  const answers: (() => void)[] = [];
  const answer = <T>(name: string, value: T) => {
    calls.push(name);
    return new Promise<T>((resolve) => answers.push(() => resolve(value)));
  };
  const pipeline = () => {
    const added: string[] = [];
    return {
      xadd: (...given: unknown[]) => added.push(String(given.at(given.indexOf("t") + 1))),
      exec: () =>
        answer(
          added.join(),
          added.map(() => [null, "1-0"]),
        ),
    };
  };
  const redis = { pipeline, eval: () => answer("flush", []) } as unknown as RedisConnection;
  return { redis, calls, next: () => answers.shift()?.() };
}

describe("what could not be written to the log", () => {
  it("is written in order, and what comes meanwhile too", async () => {
    const { redis, calls, next } = createSlowRedis();
    const untold = createUntold({ namespace: "test" });
    untold.add({ tags: ["a"] });
    const telling = untold.tell(redis);
    untold.add({ tags: ["b"] });
    next();
    await expect.poll(() => calls).toEqual(['["a"]', '["b"]']);
    expect(untold.isEmpty()).toBe(false);
    next();
    await telling;
    expect(untold.isEmpty()).toBe(true);
  });

  it("is everything when it becomes too much, and once more for what comes while everything is forgotten", async () => {
    const { redis, calls, next } = createSlowRedis();
    const untold = createUntold({ namespace: "test", cap: 3 });
    untold.add({ tags: ["a", "b", "c"] });
    const telling = untold.tell(redis);
    // Others may have kept it since Redis began the new epoch.
    untold.add({ tags: ["d"] });
    next();
    await telling;
    expect(untold.isEmpty()).toBe(false);
    const again = untold.tell(redis);
    next();
    await again;
    expect(calls).toEqual(["flush", "flush"]);
    expect(untold.isEmpty()).toBe(true);
    untold.add({ tags: ["e"] });
    const last = untold.tell(redis);
    next();
    await last;
    expect(calls.at(-1)).toBe('["e"]');
  });
});
