import { describe, expect, it } from "vitest";
import { conditionsOf } from "./answer-class.ts";
import { type CachePolicy } from "../policy/cache-policy.ts";
import { newCacheUse, type UsedPart } from "../fetch/cache-use.ts";
import { type Verdict } from "../log/invalidation-log.ts";
import { maxTags } from "../fetch/part-tags.ts";

const now = 1_000_000;
const open: CachePolicy = { maxAge: 60, scope: "PUBLIC", vary: [], bypass: [], swr: 5, sie: 5, negative: 0 };
const part = (change: Partial<UsedPart> = {}, policy: Partial<CachePolicy> = {}): UsedPart => ({
  ...{ tags: ["a"], sources: ["products"], position: 7, storedAt: now, maxAge: 60 },
  ...change,
  policy: { ...open, ...policy },
});
/** A log at place 20, in which one tag was told at place 8. */
const log = {
  position: () => 20,
  verdict: (tags: readonly string[], position: number): Verdict =>
    tags.includes("told") && position < 8 ? "hard" : "valid",
};
const moment = { now, tenantId: "acme", log };
const conditions = (...parts: UsedPart[]) => conditionsOf({ ...newCacheUse(), parts }, moment);

describe("what the parts of an answer allow together", () => {
  it("is for those to whom each part may be shown", () => {
    const found = conditions(
      part({}, { vary: ["COMPANY"], bypass: ["STAFF"] }),
      part({}, { bypass: ["PARTNER", "STAFF"] }),
    );
    expect(found?.answerClass).toEqual({ scope: "PUBLIC", vary: ["COMPANY"], bypass: ["PARTNER", "STAFF"] });
    expect(conditions(part(), part({}, { scope: "PRIVATE" }))?.answerClass.scope).toBe("PRIVATE");
  });

  it("has the tags and sources of all, and the place of this moment", () => {
    const found = conditions(part({ tags: ["b", "a"], position: 9 }), part({ tags: ["c"], sources: ["users"] }));
    expect(found).toMatchObject({ tags: ["a", "b", "c"], sources: ["products", "users"], position: 20 });
  });

  it("counts when a part was fetched after a change that an older part does not depend on", () => {
    expect(conditions(part({ tags: ["told"], position: 9 }), part({ position: 3 }))?.position).toBe(20);
  });

  it("names types instead of documents when there are too many", () => {
    const found = conditions(part({ tags: Array.from({ length: maxTags + 1 }, (_, at) => `Product:${at}`) }));
    expect(found?.tags).toEqual(expect.arrayContaining(["any:acme:Product"]));
  });

  it("ends with the first part that ends, and is as old as the oldest", () => {
    const found = conditions(
      part({ storedAt: now - 30_000, maxAge: 300 }),
      part({ storedAt: now - 10_000, maxAge: 20 }),
    );
    expect(found).toMatchObject({ storedAt: now - 30_000, maxAge: 40 });
  });

  it("is for the caller alone when its rights counted", () => {
    const found = conditionsOf({ ...newCacheUse(), parts: [part()], isPersonal: true }, moment);
    expect(found?.answerClass.scope).toBe("PRIVATE");
  });

  it.each([
    ["without parts", conditions()],
    [
      "with a part that may not be kept",
      conditionsOf({ ...newCacheUse(), parts: [part()], isUncacheable: true }, moment),
    ],
    [
      "with a part that something told in the log has changed",
      conditions(part({ tags: ["told"], position: 7 }), part()),
    ],
    ["with a stale part", conditions(part(), part({ storedAt: now - 60_000 }))],
    ["without tags", conditions(part({ tags: [] }))],
    ["with too many tags", conditions(part({ tags: Array.from({ length: maxTags + 1 }, (_, at) => `t${at}`) }))],
  ])("is nothing %s", (_name, found) => {
    expect(found).toBeUndefined();
  });
});
