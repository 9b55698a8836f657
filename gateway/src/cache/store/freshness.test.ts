import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cacheKey } from "./cache-key.ts";
import { type Found } from "./entry.ts";
import { freshMs, lifetimeMs, shouldRefreshEarly, stateOf } from "./freshness.ts";

const seconds = fc.nat({ max: 100_000 });
const policies = fc.record({ maxAge: seconds, swr: seconds, sie: seconds });
const conditions = fc.record({
  age: fc.nat({ max: 300_000_000 }),
  verdict: fc.constantFrom("valid", "soft", "hard"),
  isWatched: fc.boolean(),
});
const policy = { maxAge: 100, swr: 10, sie: 20 };
const now = { freshMs: 98_000, verdict: "valid", isWatched: true } as const;

describe("stateOf", () => {
  it("shows nothing beyond its time, nothing that was changed, and as fresh only what nobody doubts (P4)", () => {
    fc.assert(
      fc.property(policies, conditions, fc.string(), (each, at, key) => {
        const state = stateOf(each, { ...at, freshMs: freshMs(key, each.maxAge) });
        const { age, verdict, isWatched } = at;
        if (verdict === "hard" || age >= lifetimeMs(each)) expect(state).toBeUndefined();
        if (state === "fresh") expect([age < each.maxAge * 1_000, verdict, isWatched]).toEqual([true, "valid", true]);
        if (state === "stale") expect([age < (each.maxAge + each.swr) * 1_000, isWatched]).toEqual([true, true]);
        if (state === "onError") expect(age < (each.maxAge + each.sie) * 1_000).toBe(true);
      }),
    );
  });

  it("is fresh, then stale, then for errors, then gone", () => {
    const states = [0, 97_999, 98_000, 109_999, 110_000, 119_999, 120_000].map((age) =>
      stateOf(policy, { ...now, age }),
    );
    expect(states).toEqual(["fresh", "fresh", "stale", "stale", "onError", "onError", undefined]);
  });

  it("shows what is marked stale as stale, if the policy allows that", () => {
    expect(stateOf(policy, { ...now, age: 0, verdict: "soft" })).toBe("stale");
    expect(stateOf({ ...policy, swr: 0 }, { ...now, age: 0, verdict: "soft" })).toBe("onError");
    expect(stateOf({ ...policy, swr: 0, sie: 0 }, { ...now, age: 0, verdict: "soft" })).toBeUndefined();
  });

  it("shows what a silent relay may have changed on errors only, if the policy allows that", () => {
    expect(stateOf(policy, { ...now, age: 0, isWatched: false })).toBe("onError");
    expect(stateOf({ ...policy, sie: 0 }, { ...now, age: 0, isWatched: false })).toBeUndefined();
  });

  it("keeps nothing for an age of zero", () => {
    expect(stateOf({ ...policy, maxAge: 0 }, { ...now, freshMs: 0, age: 0 })).toBeUndefined();
    expect(lifetimeMs({ ...policy, maxAge: 0 })).toBe(0);
  });
});

describe("freshMs", () => {
  it("is up to 5 % shorter than promised, never longer, and always the same for one key", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 100_000 }), (key, maxAge) => {
        const fresh = freshMs(key, maxAge);
        expect(fresh).toBeLessThanOrEqual(maxAge * 1_000);
        expect(fresh).toBeGreaterThanOrEqual(maxAge * 950);
        expect(freshMs(key, maxAge)).toBe(fresh);
      }),
    );
  });

  it("spreads the ends of many keys", () => {
    const keyOf = (index: number) => cacheKey({ namespace: "n", epoch: "e", level: "W", parts: [String(index)] });
    const ends = Array.from({ length: 1_000 }, (_, index) => Math.floor((100_000 - freshMs(keyOf(index), 100)) / 500));
    const counts = Array.from({ length: 10 }, (_, part) => ends.filter((end) => end === part).length);
    expect(Math.min(...counts)).toBeGreaterThan(60);
    expect(Math.max(...counts)).toBeLessThan(140);
  });
});

describe("shouldRefreshEarly", () => {
  const found = (age: number, state: Found["state"] = "fresh"): Found => ({
    entry: { ...policy, bytes: Buffer.alloc(0), tags: [], sources: [], position: 1, storedAt: 0 },
    ...{ state, age, freshFor: 98, level: "memory" },
  });
  const share = (age: number, deltaMs: number) =>
    Array.from({ length: 999 }, (_, index) => (index + 1) / 1_000).filter((random) =>
      shouldRefreshEarly(found(age), deltaMs, random),
    ).length;

  it("is the likelier the nearer the end is, and the longer an answer takes", () => {
    expect(share(10, 200)).toBe(0);
    expect(share(97.5, 200)).toBeGreaterThan(share(97, 200));
    expect(share(97, 500)).toBeGreaterThan(share(97, 200));
    // One delta before the end: e^-1 of all.
    expect(share(97.8, 200)).toBe(367);
    expect(share(98, 200)).toBe(999);
  });

  it("says yes to what is stale already, and to a random number of zero", () => {
    expect(shouldRefreshEarly(found(0, "stale"), 1, 0.5)).toBe(true);
    expect(shouldRefreshEarly(found(0), 1, 0)).toBe(true);
  });
});
