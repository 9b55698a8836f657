import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { partsOfPipeline, partsOfQuery } from "./query-parts.ts";

const id = new Types.ObjectId();
const fields = (filter: object, sort?: object, ...others: string[]) => [
  ...partsOfQuery(filter, sort, ...others).fields,
];

describe("a query", () => {
  it("names its ids when no other document can be in the answer", () => {
    expect(partsOfQuery({ _id: id }, undefined).ids).toEqual([id.toHexString()]);
    expect(partsOfQuery({ _id: id.toHexString() }, undefined).ids).toEqual([id.toHexString()]);
    expect(partsOfQuery({ _id: { $eq: id } }, undefined).ids).toEqual([id.toHexString()]);
    expect(partsOfQuery({ $and: [{ rank: 1 }, { _id: { $in: [id] } }] }, undefined).ids).toEqual([id.toHexString()]);
  });

  it("names no ids of a condition that need not hold, or of a range", () => {
    expect(partsOfQuery({ $or: [{ _id: id }, { rank: 1 }] }, undefined).ids).toBeUndefined();
    expect(partsOfQuery({ $nor: [{ _id: id }] }, undefined).ids).toBeUndefined();
    expect(partsOfQuery({ _id: { $gt: id } }, undefined).ids).toBeUndefined();
  });

  it("names the top-level fields of filter and order wherever they stand", () => {
    const filter = {
      tenantId: "a",
      "price.amount": 1,
      $or: [{ a: 1 }, { $and: [{ "b.c": 2 }, { $nor: [{ d: 3 }] }] }],
    };
    expect(fields(filter, { e: 1, _id: 1 }, "f.g")).toEqual(["price", "a", "b", "d", "e", "f"]);
  });

  it("tells a search, and what it does not understand", () => {
    expect(partsOfQuery({ $text: { $search: "x" } }, undefined)).toMatchObject({ isText: true, isUnknown: false });
    expect(partsOfQuery({ $where: "x" }, undefined).isUnknown).toBe(true);
    expect(partsOfQuery({ $comment: "x" }, undefined).isUnknown).toBe(false);
  });
});

describe("an aggregation", () => {
  it("gives documents as long as stages only choose, order and add", () => {
    const parts = partsOfPipeline([
      { $match: { a: 1 } },
      { $addFields: { score: { $add: ["$b.c", { $meta: "textScore" }] } } },
      { $sort: { score: -1 } },
      { $match: { d: 1 } },
      { $limit: 3 },
    ]);
    expect([...parts.fields]).toEqual(["a", "b", "score", "d"]);
    expect(parts).toMatchObject({ givesDocuments: true, isUnknown: false, isOutside: false });
  });

  it("names ids of what it begins with only", () => {
    expect(partsOfPipeline([{ $match: { _id: id } }, { $group: { _id: null } }]).ids).toEqual([id.toHexString()]);
    expect(partsOfPipeline([{ $limit: 1 }, { $match: { _id: id } }]).ids).toBeUndefined();
  });

  it("leaves everything open when it makes something new, and reaches out by a look-up or by chance", () => {
    expect(partsOfPipeline([{ $group: { _id: "$a" } }])).toMatchObject({ givesDocuments: false, isUnknown: true });
    expect(partsOfPipeline([{ $addFields: { now: "$$NOW" } }]).isUnknown).toBe(true);
    expect(partsOfPipeline([{ $facet: { all: [{ $lookup: { from: "x" } }] } }]).isOutside).toBe(true);
    expect(partsOfPipeline([{ $sample: { size: 1 } }]).isOutside).toBe(true);
  });
});
