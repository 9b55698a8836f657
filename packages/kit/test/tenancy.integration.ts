import { describe, expect, it } from "vitest";
import { runAcrossTenants, runForTenant } from "../src/tenancy.ts";
import { a1, a2, asA, b1, b2, point, type Thing, twoTenants } from "./two-tenants.ts";

const world = twoTenants();

const everyDocument = () => world.raw.find({}).sort({ _id: 1 }).toArray();
const textMatch = { $match: { $text: { $search: "common" } } };
const near = { near: point, distanceField: "distance", key: "place" };

describe("reading", () => {
  const reads: Record<string, () => PromiseLike<unknown>> = {
    find: () => world.Things.find(),
    "find by ids": () => world.Things.find({ _id: { $in: [a1, a2, b1, b2] } }),
    "find with $or": () => world.Things.find({ $or: [{ rank: 1 }, { tenantId: "b" }, { rank: 2 }] }),
    "find with $nor": () => world.Things.find({ $nor: [{ tenantId: "a", rank: 9 }] }),
    "find with $text": () => world.Things.find({ $text: { $search: "common" } }),
    "find near": () => world.Things.find({ place: { $nearSphere: { $geometry: point } } }),
    "lean find": () => world.Things.find().lean(),
    "find by a cursor": async () => {
      const found = [];
      for await (const thing of world.Things.find().cursor()) found.push(thing);
      return found;
    },
    aggregate: () => world.Things.aggregate([{ $sort: { rank: 1 } }]),
    "empty aggregate": () => world.Things.aggregate([]),
    "aggregate with $match": () => world.Things.aggregate([{ $match: { rank: { $gte: 1 } } }]),
    "aggregate with $match of all tenants in $or": () =>
      world.Things.aggregate([{ $match: { $or: [{ tenantId: "b" }, { rank: { $lt: 3 } }] } }]),
    "aggregate with $text first": () => world.Things.aggregate([textMatch, { $sort: { rank: 1 } }]),
    "aggregate with $geoNear first": () => world.Things.aggregate([{ $geoNear: near }]),
    "aggregate with $geoNear and a query": () =>
      world.Things.aggregate([{ $geoNear: { ...near, query: { rank: { $gte: 1 } } } }]),
    "aggregate by a cursor": async () => {
      const found = [];
      for await (const thing of world.Things.aggregate<Thing>([]).cursor()) found.push(thing);
      return found;
    },
    "aggregate with $facet": async () => {
      const [answer] = await world.Things.aggregate<{ all: Thing[] }>([{ $facet: { all: [{ $match: {} }] } }]);
      return answer?.all;
    },
  };

  it.each(Object.keys(reads))("%s sees the tenant's documents and no others", async (name) => {
    const found = (await asA(reads[name] as () => PromiseLike<Thing[]>)) as Thing[];
    expect(found.map(({ _id }) => String(_id)).sort()).toEqual([String(a1), String(a2)].sort());
  });

  it.each<[string, () => object]>([
    ["$match", () => ({ $match: { rank: { $gte: 1 } } })],
    ["$geoNear", () => ({ $geoNear: { ...near, query: { rank: { $gte: 1 } } } })],
  ])("an aggregate leaves the caller's %s as it is, for use with other tenants", async (_, stageOf) => {
    const stage = stageOf();
    const asked = () => world.Things.aggregate<Thing>([stage as never]);
    await asA(asked);
    expect(stage).toEqual(stageOf());
    const found = await runForTenant("b", async () => asked());
    expect(found.map(({ _id }) => String(_id)).sort()).toEqual([String(b1), String(b2)].sort());
  });

  it.each<[string, () => PromiseLike<unknown>]>([
    ["findOne", () => world.Things.findOne({ _id: b1 })],
    ["findById", () => world.Things.findById(b1)],
    ["exists", () => world.Things.exists({ _id: b1 })],
    ["findOneAndUpdate", () => world.Things.findOneAndUpdate({ _id: b1 }, { $set: { rank: 9 } })],
    ["findByIdAndUpdate", () => world.Things.findByIdAndUpdate(b1, { $set: { rank: 9 } })],
    ["findOneAndReplace", () => world.Things.findOneAndReplace({ _id: b1 }, { name: "stolen" })],
    ["findOneAndDelete", () => world.Things.findOneAndDelete({ _id: b1 })],
    ["findByIdAndDelete", () => world.Things.findByIdAndDelete(b1)],
  ])("%s does not find another tenant's document", async (_, work) => {
    expect(await world.leavesB(work)).toBeNull();
  });

  it("counts and lists values of the tenant alone", async () => {
    await expect(asA(() => world.Things.countDocuments())).resolves.toBe(2);
    await expect(asA(() => world.Things.countDocuments({ _id: b1 }))).resolves.toBe(0);
    await expect(asA(() => world.Things.distinct("rank"))).resolves.toEqual([1, 2]);
    await expect(asA(() => world.Things.distinct("tenantId"))).resolves.toEqual(["a"]);
  });

  it("refuses to estimate, because an estimate counts all tenants", async () => {
    await expect(asA(() => world.Things.estimatedDocumentCount())).rejects.toThrow("countDocuments");
  });

  const other = { from: "things", as: "others", pipeline: [] };
  it.each<[string, object]>([
    ["$lookup", { $lookup: other }],
    [
      "$graphLookup",
      { $graphLookup: { ...other, startWith: "$rank", connectFromField: "rank", connectToField: "rank" } },
    ],
    ["$unionWith", { $unionWith: "things" }],
    ["$out", { $out: "copy" }],
    ["$merge", { $merge: "copy" }],
    ["$lookup inside $facet", { $facet: { all: [{ $lookup: other }] } }],
    [
      "$unionWith deep inside $facet",
      { $facet: { one: [{ $match: {} }], two: [{ $limit: 1 }, { $unionWith: "things" }] } },
    ],
  ])("refuses %s, which leaves the tenant", async (_, stage) => {
    await expect(asA(() => world.Things.aggregate([{ $match: {} }, stage as never]))).rejects.toThrow(
      "leaves the tenant",
    );
  });
});

describe("without or against a tenant", () => {
  const operations: Record<string, (filter: object) => PromiseLike<unknown>> = {
    find: (filter) => world.Things.find(filter),
    findOne: (filter) => world.Things.findOne(filter),
    findOneAndUpdate: (filter) => world.Things.findOneAndUpdate(filter, { $set: { rank: 9 } }),
    findOneAndReplace: (filter) => world.Things.findOneAndReplace(filter, { name: "x" }),
    findOneAndDelete: (filter) => world.Things.findOneAndDelete(filter),
    updateOne: (filter) => world.Things.updateOne(filter, { $set: { rank: 9 } }),
    updateMany: (filter) => world.Things.updateMany(filter, { $set: { rank: 9 } }),
    replaceOne: (filter) => world.Things.replaceOne(filter, { name: "x" }),
    deleteOne: (filter) => world.Things.deleteOne(filter),
    deleteMany: (filter) => world.Things.deleteMany(filter),
    countDocuments: (filter) => world.Things.countDocuments(filter),
    distinct: (filter) => world.Things.distinct("name", filter),
    exists: (filter) => world.Things.exists(filter),
    aggregate: (filter) => world.Things.aggregate([{ $match: filter }]),
    "aggregate near": (filter) => world.Things.aggregate([{ $geoNear: { ...near, query: filter } }]),
    "bulkWrite update": (filter) => world.Things.bulkWrite([{ updateMany: { filter, update: { $set: { rank: 9 } } } }]),
    "bulkWrite delete": (filter) => world.Things.bulkWrite([{ deleteMany: { filter } }]),
  };

  it.each(Object.keys(operations))("%s throws without a tenant, and changes nothing", async (name) => {
    const before = await everyDocument();
    // The query is made here and runs outside of every scope.
    await expect((async () => operations[name]?.({}))()).rejects.toThrow("No tenant");
    await expect(runForTenant("", async () => operations[name]?.({}))).rejects.toThrow("No tenant");
    expect(await everyDocument()).toEqual(before);
  });

  it.each(
    Object.keys(operations).flatMap((name) =>
      ["b", { $in: ["a", "b"] }, { $ne: "a" }, null].map((tenantId) => ({ name, tenantId })),
    ),
  )("$name throws when the filter says tenantId $tenantId, and changes nothing", async ({ name, tenantId }) => {
    const before = await everyDocument();
    await expect(asA(() => operations[name]?.({ tenantId }) as PromiseLike<unknown>)).rejects.toThrow("another tenant");
    expect(await everyDocument()).toEqual(before);
  });

  it.each<[string, () => PromiseLike<unknown>]>([
    ["create", () => world.Things.create({ name: "new", tenantId: "b" })],
    ["insertMany", () => world.Things.insertMany([{ name: "new", tenantId: "b" }])],
    [
      "save without validation",
      () => new world.Things({ name: "new", tenantId: "b" }).save({ validateBeforeSave: false }),
    ],
    ["bulkWrite", () => world.Things.bulkWrite([{ insertOne: { document: { name: "new", tenantId: "b" } } }] as never)],
  ])("%s throws without a tenant even when the document names one", async (_, work) => {
    await expect((async () => work())()).rejects.toThrow("No tenant");
    expect(await world.raw.countDocuments({})).toBe(4);
  });

  it("keeps the tenant through whatever is awaited", async () => {
    const [a, b] = await Promise.all(
      ["a", "b"].map((tenantId) =>
        runForTenant(tenantId, async () => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          return Promise.all([1, 2, 3].map(async () => (await world.Things.find().lean()).map(({ name }) => name)));
        }),
      ),
    );
    expect(new Set(a?.flat())).toEqual(new Set(["common anvil", "common axe"]));
    expect(new Set(b?.flat())).toEqual(new Set(["common bolt", "common bit"]));
  });
});

describe("runAcrossTenants", () => {
  it("sees every tenant, and goes back into one", async () => {
    const counts = await runAcrossTenants("a sweeper", async () => [
      await world.Things.countDocuments(),
      (await world.Things.aggregate([{ $match: {} }])).length,
      await runForTenant("b", async () => world.Things.countDocuments()),
      await world.Things.countDocuments({ tenantId: "a" }),
    ]);
    expect(counts).toEqual([4, 4, 2, 2]);
  });

  it("creates only for a tenant that the document names", async () => {
    const across = <T>(work: () => PromiseLike<T>) => runAcrossTenants("a job", async () => work());
    await expect(across(() => world.Things.create({ name: "new" }))).rejects.toThrow("tenantId");
    await expect(across(() => world.Things.insertMany([{ name: "new" }]))).rejects.toThrow("tenantId");
    await across(() => world.Things.create({ name: "new", tenantId: "b" }));
    expect(await world.raw.findOne({ name: "new" })).toMatchObject({ tenantId: "b" });
  });
});
