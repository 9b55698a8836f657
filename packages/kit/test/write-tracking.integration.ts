import { type AnyBulkWriteOperation, Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { withCacheRules } from "../src/cache-rules.ts";
import { mostEntryTags, outboxEntry, pushOutbox, withOutbox } from "../src/outbox.ts";
import { runForTenant } from "../src/tenancy.ts";
import { listTags, tagOf, toldBy, type TrackedThing, trackedWorld } from "./tracked-things.ts";

const world = trackedWorld();
const all = "model:acme:Thing";
const any = "any:acme:Thing";
const things = () => world.models.Thing;
const sorted = (...tags: string[]) => tags.toSorted();
const fieldTags = (...fields: string[]) => listTags(...fields).slice(1);
const entry = () => outboxEntry("thing.changed", { role: "service" });

/** What a request tells, with the entries that say the same. */
async function writes(work: () => PromiseLike<unknown>) {
  const before = new Set((await world.entries()).map(({ _id }) => String(_id)));
  const { tags, events } = await toldBy(work);
  const fresh = (await world.entries()).filter(({ _id }) => !before.has(String(_id)));
  // Whatever is told at once is told by the relay as well, under the ids that are named.
  expect(events.toSorted()).toEqual([...new Set(fresh.map(({ _id }) => String(_id)))].toSorted());
  return { tags, entries: fresh.map(({ type, cacheTags }) => ({ type, tags: cacheTags?.toSorted() })) };
}

describe("a write", () => {
  it("of a known document tells of it, of its fields, and of whatever was read of any", async () => {
    const one = await world.thing();
    const expected = sorted(tagOf(one), any, ...fieldTags("rank", "updatedAt"));
    const told = await writes(() => things().updateOne({ _id: one._id, rank: 0 }, { $inc: { rank: 1 } }));
    expect(told).toEqual({ tags: expected, entries: [{ type: "cache.tags", tags: expected }] });
    const quiet = await writes(() =>
      things().updateOne({ _id: one._id }, { $set: { "place.x": 1 } }, { timestamps: false }),
    );
    expect(quiet.tags).toEqual(sorted(tagOf(one), any, ...fieldTags("place")));
  });

  it("puts its tags into the entries that it pushes, and pushes no other", async () => {
    const one = await world.thing();
    const { $push, $set } = pushOutbox(entry());
    const update = { $set: { name: "new", ...$set }, $push };
    const { tags, entries } = await writes(() => things().findOneAndUpdate({ _id: one._id }, update).lean());
    expect(entries).toEqual([{ type: "thing.changed", tags }]);
    expect(tags).toEqual(sorted(tagOf(one), any, ...fieldTags("name", "updatedAt")));
  });

  it("of a document that nobody can name tells all that has read the model", async () => {
    const one = await world.thing({ rank: 61 });
    const fields = fieldTags("name", "updatedAt");
    expect((await writes(() => things().updateMany({ rank: 61 }, { name: "x" }))).tags).toEqual(
      sorted(any, all, ...fields),
    );
    expect((await writes(() => things().updateOne({ rank: 61 }, { name: "y" }))).tags).toEqual(
      sorted(any, all, ...fields),
    );
    // What comes back has a name; the entry was written before.
    const found = await writes(() => things().findOneAndUpdate({ rank: 61 }, { name: "z" }).lean());
    expect(found.tags).toEqual(sorted(tagOf(one), any, ...fields));
    expect(found.entries[0]?.tags).toEqual(sorted(any, all, ...fields));
  });

  it("that finds nothing, or that the database refuses, tells nothing", async () => {
    const one = await world.thing();
    const nowhere = new Types.ObjectId();
    const nothing = { tags: [], entries: [] };
    expect(await writes(() => things().updateOne({ _id: nowhere }, { name: "x" }))).toEqual(nothing);
    expect(await writes(() => things().findOneAndUpdate({ _id: nowhere }, { name: "x" }))).toEqual(nothing);
    expect(await writes(() => things().deleteOne({ _id: nowhere }))).toEqual(nothing);
    const twice = () =>
      things()
        .create({ _id: one._id, name: "x", ...withOutbox(entry()) })
        .catch(() => undefined);
    expect(await writes(twice)).toEqual(nothing);
  });

  it("of which nobody knows whether it happens is told as no event, so that the relay's word counts when it does", async () => {
    const one = await world.thing();
    const fails = () => things().updateOne({ _id: one._id }, { $set: { rank: 1 }, $rename: { "place.x": "place.x" } });
    const told = await toldBy(() => expect(fails()).rejects.toThrow());
    expect(told).toEqual({ tags: expect.arrayContaining([tagOf(one), any]) as unknown, events: [] });
  });

  it("of fields that nobody is shown tells nothing, unless the time of the change moves", async () => {
    const one = await world.thing();
    const update = (timestamps: boolean) => () =>
      things().updateOne({ _id: one._id }, { $set: { secret: "x" } }, { timestamps });
    expect(await writes(update(false))).toEqual({ tags: [], entries: [] });
    expect((await writes(update(true))).tags).toContain("list:acme:Thing.updatedAt");
    const operation = { updateOne: { filter: { _id: one._id }, update: { $set: { secret: "y" } }, timestamps: false } };
    expect(await writes(() => things().bulkWrite([operation]))).toEqual({ tags: [], entries: [] });
  });

  it("that makes a document tells of every list, by whatever way it is made", async () => {
    const _id = new Types.ObjectId();
    const expected = sorted(`Thing:${_id.toHexString()}`, any, "list:acme:Thing");
    const fields = () => ({ _id, name: "made", ...withOutbox(entry()) });
    const made = { tags: expected, entries: [{ type: "thing.changed", tags: expected }] };
    const remove = () => world.models.Thing.collection.deleteOne({ _id });
    expect(await writes(() => things().create(fields()))).toEqual(made);
    await remove();
    expect(await writes(() => things().insertMany([fields()]))).toEqual(made);
    await remove();
    const inserted = [{ insertOne: { document: { ...fields(), rank: 1, version: 1 } } }];
    expect(await writes(() => things().bulkWrite(inserted as AnyBulkWriteOperation<TrackedThing>[] as never))).toEqual(
      made,
    );
    await remove();
    const upserted = await writes(() => things().updateOne({ _id }, { name: "made" }, { upsert: true }));
    expect(upserted.tags).toEqual(expected);
  });

  it("that removes documents tells of every list, and leaves a record that says so", async () => {
    const one = await world.thing();
    const expected = sorted(tagOf(one), any, "list:acme:Thing");
    const told = await writes(() => things().deleteOne({ _id: one._id }));
    expect(told).toEqual({ tags: expected, entries: [{ type: "cache.tags", tags: expected }] });
    await world.thing({ rank: 71 });
    expect((await writes(() => things().deleteMany({ rank: 71 }))).tags).toEqual(sorted(any, all, "list:acme:Thing"));
    const last = await world.thing({ rank: 72 });
    const gone = await writes(() => things().findOneAndDelete({ rank: 72 }).lean());
    expect(gone.tags).toEqual(sorted(tagOf(last), any, "list:acme:Thing"));
    const bulk = () => things().bulkWrite([{ deleteOne: { filter: { _id: one._id } } }]);
    await expect(runForTenant("acme", bulk)).rejects.toThrow("deleteOne or deleteMany");
  });

  it("of a loaded document, of a replaced one, and of many at once tell each", async () => {
    const [one, two] = [await world.thing(), await world.thing()];
    const saved = await writes(async () => {
      const found = await things().findById(one._id);
      found?.set({ rank: 5 });
      await found?.save();
    });
    expect(saved.tags).toEqual(sorted(tagOf(one), any, ...fieldTags("rank", "updatedAt")));
    expect(saved.entries).toEqual([{ type: "cache.tags", tags: saved.tags }]);
    const whole = { name: "whole", rank: 1, version: 1, ...withOutbox(entry()) };
    const replaced = await writes(() => things().replaceOne({ _id: two._id }, whole as never));
    expect(replaced.tags).toEqual(sorted(tagOf(two), any, "list:acme:Thing"));
    const bare = await writes(() => things().replaceOne({ _id: two._id }, { name: "bare", version: 1 } as never));
    expect(bare.entries).toEqual([{ type: "cache.tags", tags: replaced.tags }]);
    // One object for all of them, which each must not put its entry into.
    const update = { $set: { rank: 8 } };
    const operations = [one, two].map(({ _id }) => ({ updateOne: { filter: { _id }, update } }));
    const many = await writes(() => things().bulkWrite(operations as never));
    expect(many.tags).toEqual(sorted(tagOf(one), tagOf(two), any, ...fieldTags("rank", "updatedAt")));
    expect(many.entries.map(({ tags }) => tags?.find((tag) => tag.startsWith("Thing:"))).toSorted()).toEqual(
      sorted(tagOf(one), tagOf(two)),
    );
    expect(update).toEqual({ $set: { rank: 8 } });
  });

  it("by nobody's request reaches the outbox", async () => {
    const one = await world.thing();
    await runForTenant("acme", async () => things().updateOne({ _id: one._id }, { rank: 9 }));
    const found = (await world.entries()).find(({ cacheTags = [] }) => cacheTags.includes(tagOf(one)));
    expect(found?.cacheTags).toContain("list:acme:Thing.rank");
  });

  it("of a model without a rule tells nobody", async () => {
    expect(await toldBy(() => world.models.Hidden.create({ name: "x" }))).toEqual({ tags: [], events: [] });
  });

  it("of more documents than an entry may name tells of all", async () => {
    const ids = await Promise.all(Array.from({ length: mostEntryTags + 1 }, async () => (await world.thing())._id));
    const { entries } = await writes(() => things().updateMany({ _id: { $in: ids } }, { rank: 3 }));
    expect(entries[0]?.tags).toEqual(sorted(any, all, "list:acme:Thing"));
  });

  it("is refused over all tenants, because nobody could be told", () => {
    expect(() => withCacheRules({ Nothing: {} }, world.models)).toThrow("no model");
    expect(() => withCacheRules({ Hidden: {} }, world.models)).toThrow("outbox");
  });
});
