import { describe, expect, it } from "vitest";
import { changedFields, fewWriteTags, writeTags } from "./write-parts.ts";

describe("an update", () => {
  it("changes the top-level fields that its operators name, both names of a field that is renamed, and its time", () => {
    const update = {
      name: "x",
      $set: { "price.amount": 1, hasOutbox: true },
      $unset: { brand: 1 },
      $push: { outbox: {}, tags: "x" },
      $rename: { a: "b" },
    };
    expect([...(changedFields(update, true) as Set<string>)]).toEqual([
      "updatedAt",
      "name",
      "price",
      "brand",
      "tags",
      "a",
      "b",
    ]);
    expect([...(changedFields({ $setOnInsert: { name: 1 } }, false) as Set<string>)]).toEqual([]);
    expect(changedFields([{ $set: { a: 1 } }], true)).toBe("all");
  });
});

describe("the tags of a write", () => {
  const fields = new Set(["a", "b"]);

  it("name its documents, or all that has read the model when nobody can", () => {
    const named = writeTags("t", "Thing", { ids: ["1"], fields, isMembership: false });
    expect([...named.keys()]).toEqual(["any:t:Thing", "Thing:1", "list:t:Thing.a", "list:t:Thing.b"]);
    expect([...writeTags("t", "Thing", { fields, isMembership: true }).keys()]).toEqual([
      "any:t:Thing",
      "model:t:Thing",
      "list:t:Thing",
    ]);
  });

  it("become coarser when they are too many", () => {
    const tags = writeTags("t", "Thing", { ids: ["1", "2"], fields, isMembership: false });
    expect(fewWriteTags(tags, 5)).toHaveLength(5);
    expect(fewWriteTags(tags, 4)).toEqual(["any:t:Thing", "model:t:Thing", "list:t:Thing"]);
  });
});
