import { type AnyBulkWriteOperation, Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { runForTenant } from "../src/tenancy.ts";
import { a1, a2, asA, b1, twoTenants } from "./two-tenants.ts";

const world = twoTenants();

describe("changing", () => {
  const change = { $set: { rank: 99 } };

  it.each<[string, () => PromiseLike<unknown>]>([
    ["updateOne", () => world.Things.updateOne({ _id: b1 }, change)],
    ["updateMany", () => world.Things.updateMany({}, change)],
    ["updateMany with $or", () => world.Things.updateMany({ $or: [{ tenantId: "b" }, { rank: 1 }] }, change)],
    ["replaceOne", () => world.Things.replaceOne({ _id: b1 }, { name: "stolen" })],
    ["deleteOne", () => world.Things.deleteOne({ _id: b1 })],
    ["deleteMany", () => world.Things.deleteMany({})],
    [
      "upsert of a foreign id",
      () => world.Things.updateOne({ _id: b1 }, { $set: { name: "stolen" } }, { upsert: true }),
    ],
    ["findOneAndUpdate", () => world.Things.findOneAndUpdate({ rank: 3 }, change)],
    ["moving into another tenant", () => world.Things.updateOne({ _id: a1 }, { $set: { tenantId: "b" } })],
    ["moving without an operator", () => world.Things.updateOne({ _id: a1 }, { tenantId: "b" })],
    ["moving many", () => world.Things.updateMany({}, { tenantId: "b" })],
    ["moving while finding", () => world.Things.findOneAndUpdate({ _id: a1 }, { $set: { tenantId: "b" } })],
    ["moving by $rename", () => world.Things.updateOne({ _id: a1 }, { $rename: { name: "tenantId" } })],
    ["leaving by $rename", () => world.Things.updateOne({ _id: a1 }, { $rename: { tenantId: "name" } })],
    ["leaving by $unset", () => world.Things.updateOne({ _id: a1 }, { $unset: { tenantId: 1 } })],
    ["moving by a pipeline", () => world.Things.updateOne({ _id: a1 }, [{ $set: { tenantId: "b" } }])],
    ["moving by replaceOne", () => world.Things.replaceOne({ _id: a1 }, { tenantId: "b", name: "moved" })],
    [
      "moving by findOneAndReplace",
      () => world.Things.findOneAndReplace({ _id: a1 }, { tenantId: "b", name: "moved" }),
    ],
    [
      "moving by upsert",
      () =>
        world.Things.updateOne(
          { _id: new Types.ObjectId() },
          { $setOnInsert: { tenantId: "b", name: "new" } },
          { upsert: true },
        ),
    ],
    [
      "moving by replacing upsert",
      () => world.Things.replaceOne({ _id: new Types.ObjectId() }, { tenantId: "b", name: "new" }, { upsert: true }),
    ],
  ])("%s leaves another tenant's documents alone", async (_, work) => {
    await world.leavesB(work);
  });

  it("still changes its own", async () => {
    await world.leavesB(() => world.Things.updateMany({}, change));
    expect(await world.raw.countDocuments({ tenantId: "a", rank: 99 })).toBe(2);
    await world.leavesB(() => world.Things.findOneAndReplace({ _id: a1 }, { name: "replaced" }));
    await world.leavesB(() => world.Things.replaceOne({ _id: a2 }, { name: "replaced" }));
    expect(await world.raw.countDocuments({ tenantId: "a", name: "replaced" })).toBe(2);
    await world.leavesB(() => world.Things.deleteMany({}));
    expect(await world.raw.countDocuments({})).toBe(2);
  });

  it("upserts into the tenant", async () => {
    await world.leavesB(() => world.Things.updateOne({ name: "new" }, { $set: { rank: 5 } }, { upsert: true }));
    expect(await world.raw.findOne({ name: "new" })).toMatchObject({ tenantId: "a", rank: 5 });
  });
});

describe("bulkWrite", () => {
  it.each<[string, AnyBulkWriteOperation]>([
    ["updateOne", { updateOne: { filter: { _id: b1 }, update: { $set: { rank: 99 } } } }],
    ["updateMany", { updateMany: { filter: {}, update: { $set: { rank: 99 } } } }],
    ["updateMany without a filter", { updateMany: { update: { $set: { rank: 99 } } } } as never],
    ["deleteOne", { deleteOne: { filter: { _id: b1 } } }],
    ["deleteMany", { deleteMany: { filter: {} } }],
    ["deleteMany without a filter", { deleteMany: {} } as never],
    ["deleteMany with null", { deleteMany: { filter: null } } as never],
    ["replaceOne", { replaceOne: { filter: { _id: b1 }, replacement: { name: "stolen" } } }],
    ["replaceOne without a filter", { replaceOne: { replacement: { name: "stolen" } } } as never],
    ["insertOne elsewhere", { insertOne: { document: { tenantId: "b", name: "new" } } }],
    ["replaceOne elsewhere", { replaceOne: { filter: { _id: a1 }, replacement: { tenantId: "b", name: "moved" } } }],
    ["updateOne elsewhere", { updateOne: { filter: { _id: a1 }, update: { $set: { tenantId: "b" } } } }],
    [
      "upsert elsewhere",
      {
        updateOne: {
          filter: { _id: new Types.ObjectId() },
          update: { $setOnInsert: { tenantId: "b", name: "new" } },
          upsert: true,
        },
      },
    ],
    ["update of a foreign filter", { updateOne: { filter: { tenantId: "b" }, update: { $set: { rank: 99 } } } }],
  ])("%s leaves another tenant's documents alone", async (_, operation) => {
    await world.leavesB(() => world.Things.bulkWrite([operation as never]));
  });

  it("writes into the tenant", async () => {
    await world.leavesB(() =>
      world.Things.bulkWrite([
        { insertOne: { document: { name: "one" } } },
        { replaceOne: { filter: { _id: a1 }, replacement: { name: "two" } } },
        { updateOne: { filter: { name: "three" }, update: { $set: { rank: 3 } }, upsert: true } },
        { deleteOne: { filter: { _id: a2 } } },
      ] as never),
    );
    const names = (await world.raw.find({ tenantId: "a" }).toArray()).map(({ name }) => String(name));
    expect(names.sort()).toEqual(["one", "three", "two"]);
  });

  it("saves documents in bulk", async () => {
    const found = await asA(() => world.Things.find());
    for (const thing of found) thing.rank = 50;
    await world.leavesB(() => world.Things.bulkSave(found));
    expect(await world.raw.countDocuments({ rank: 50 })).toBe(2);
  });
});

describe("inserting", () => {
  it.each<[string, () => PromiseLike<unknown>]>([
    ["create", () => world.Things.create({ name: "new" })],
    ["create of a list", () => world.Things.create([{ name: "new" }])],
    ["save", () => new world.Things({ name: "new" }).save()],
    ["save without validation", () => new world.Things({ name: "new" }).save({ validateBeforeSave: false })],
    ["insertOne", () => world.Things.insertOne({ name: "new" } as never)],
    ["insertMany", () => world.Things.insertMany([{ name: "new" }])],
    ["insertMany of one", () => world.Things.insertMany({ name: "new" })],
    ["lean insertMany", () => world.Things.insertMany([{ name: "new" }], { lean: true } as never)],
  ])("%s puts the document into the tenant", async (_, work) => {
    await world.leavesB(work);
    expect(await world.raw.find({ name: "new" }).toArray()).toMatchObject([{ tenantId: "a" }]);
  });

  it.each<[string, () => PromiseLike<unknown>]>([
    ["create", () => world.Things.create({ name: "new", tenantId: "b" })],
    ["save", () => new world.Things({ name: "new", tenantId: "b" }).save()],
    [
      "save without validation",
      () => new world.Things({ name: "new", tenantId: "b" }).save({ validateBeforeSave: false }),
    ],
    ["insertOne", () => world.Things.insertOne({ name: "new", tenantId: "b" } as never)],
    ["insertMany", () => world.Things.insertMany([{ name: "new" }, { name: "new", tenantId: "b" }])],
    ["lean insertMany", () => world.Things.insertMany([{ name: "new", tenantId: "b" }], { lean: true } as never)],
    ["bulkWrite", () => world.Things.bulkWrite([{ insertOne: { document: { name: "new", tenantId: "b" } } }] as never)],
  ])("%s refuses a document of another tenant", async (_, work) => {
    expect(await world.leavesB(work)).toBeInstanceOf(Error);
    expect(await world.raw.countDocuments({ name: "new" })).toBe(0);
  });
});

describe("a document of one tenant in the hands of another", () => {
  const loadB = async () => {
    const thing = await runForTenant("b", async () => world.Things.findById(b1));
    if (!thing) throw new Error("The document of B is there.");
    thing.rank = 99;
    return thing;
  };

  it.each<[string, (thing: Awaited<ReturnType<typeof loadB>>) => PromiseLike<unknown>]>([
    ["save", (thing) => thing.save()],
    ["save without validation", (thing) => thing.save({ validateBeforeSave: false })],
    ["updateOne", (thing) => thing.updateOne({ $set: { rank: 99 } })],
    ["replaceOne", (thing) => thing.replaceOne({ name: "stolen" })],
    ["deleteOne", (thing) => thing.deleteOne()],
    ["bulkSave", (thing) => world.Things.bulkSave([thing])],
  ])("cannot be changed by %s", async (_, work) => {
    const thing = await loadB();
    await world.leavesB(() => work(thing));
  });

  it.each<[string, object]>([
    ["an id", { _id: b1 }],
    ["an id and our tenant", { _id: b1, tenantId: "a" }],
  ])("cannot be reached by a document made up of %s", async (_, fields) => {
    for (const options of [{}, { validateBeforeSave: false }]) {
      await world.leavesB(async () => {
        const madeUp = world.Things.hydrate({ ...fields, name: "x", rank: 1 });
        madeUp.name = "stolen";
        await madeUp.save(options);
      });
      await world.leavesB(() => world.Things.hydrate(fields).deleteOne());
    }
  });
});
