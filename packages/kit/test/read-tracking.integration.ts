import { testKeys } from "@tradegraph/testkit/test-database";
import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { createInternalClient } from "../src/internal-client.ts";
import { createLoaderFactory, groupByKey, orderByKey } from "../src/loader.ts";
import { runTracked } from "../src/read-scope.ts";
import { runAcrossTenants, runForTenant } from "../src/tenancy.ts";
import { serviceViewer } from "../src/viewer.ts";
import { listTags, readsOf, readsOfParts, tagOf, type TrackedThing, trackedWorld } from "./tracked-things.ts";

const world = trackedWorld();
const all = "model:acme:Thing";
const any = "any:acme:Thing";
const things = () => world.models.Thing;
const unknownId = "0".repeat(24);
const sorted = (...tags: string[]) => tags.toSorted();

describe("a read", () => {
  it("by ids depends on the documents with these ids, found or not, whatever else must hold", async () => {
    const one = await world.thing();
    const ids = [one._id, new Types.ObjectId(unknownId)];
    const expected = sorted(tagOf(one), `Thing:${unknownId}`, all);
    expect(
      await readsOf(() =>
        things()
          .find({ _id: { $in: ids } })
          .lean(),
      ),
    ).toEqual(expected);
    expect(
      await readsOf(() =>
        things()
          .find({ $and: [{ _id: { $in: ids } }, { rank: 9 }] })
          .lean(),
      ),
    ).toEqual(expected);
    expect(await readsOf(() => things().countDocuments({ _id: { $in: ids }, name: "x" }))).toEqual(expected);
    expect(await readsOf(() => things().findById(one._id))).toEqual(sorted(tagOf(one), all));
    expect(await readsOf(() => things().exists({ _id: one._id, name: "x" }))).toEqual(sorted(tagOf(one), all));
  });

  it("by anything else depends on lists by each field of filter and order, and on what was found", async () => {
    const one = await world.thing({ rank: 41 });
    const filter = { rank: 41, $or: [{ name: { $gte: "a" } }, { _id: one._id, ownerId: null }] };
    const query = () => things().find(filter).sort({ "place.x": 1 }).limit(3);
    const expected = sorted(tagOf(one), ...listTags("rank", "name", "ownerId", "place"), all);
    expect(await readsOf(() => query().lean())).toEqual(expected);
    expect(await readsOf(query)).toEqual(expected);
    expect(await readsOf(() => things().countDocuments({ rank: 41 }))).toEqual(sorted(...listTags("rank"), all));
    expect(await readsOf(() => things().distinct("name", { rank: 41 }))).toEqual(
      sorted(...listTags("rank", "name"), all),
    );
    expect(await readsOf(() => things().findOne({ rank: -1 }).lean())).toEqual(sorted(...listTags("rank"), all));
  });

  it("of documents without their ids, or that is not understood, depends on any", async () => {
    await world.thing({ rank: 42 });
    expect(await readsOf(() => things().find({ rank: 42 }, { _id: 0, name: 1 }).lean())).toContain(any);
    expect(
      await readsOf(() =>
        things()
          .find({ $expr: { $eq: ["$rank", 42] } })
          .lean(),
      ),
    ).toContain(any);
    expect(await readsOf(() => things().aggregate([{ $match: { rank: 42 } }, { $group: { _id: "$name" } }]))).toEqual(
      sorted(any, ...listTags("rank"), all),
    );
  });

  it("by an aggregation that keeps documents is like any other", async () => {
    const one = await world.thing({ name: "quokka", rank: 3 });
    const stages = [
      { $match: { $text: { $search: "quokka" } } },
      { $addFields: { score: { $add: [{ $meta: "textScore" }, "$rank"] } } },
      { $sort: { score: -1 as const } },
      { $limit: 5 },
    ];
    expect(await readsOf(() => things().aggregate(stages))).toEqual(
      sorted(tagOf(one), ...listTags("name", "rank", "score"), all),
    );
  });

  it("of a model without a rule, of all tenants, by chance, by a cursor or one that fails is kept by nobody", async () => {
    expect(await readsOf(() => world.models.Hidden.find().lean())).toBeNull();
    expect(await readsOf(() => things().find({ secret: "x" }).lean())).toBeNull();
    expect(await readsOf(() => things().aggregate([{ $sample: { size: 1 } }]))).toBeNull();
    expect(
      await readsOf(() =>
        things()
          .find({ $bad: 1 } as object)
          .lean(),
      ),
    ).toBeNull();
    const cursor = async () => {
      for await (const one of things().find({}).cursor()) void one;
    };
    expect(await readsOf(cursor)).toBeNull();
    expect(await readsOf(() => runAcrossTenants("test", async () => things().find({}).lean()))).toBeNull();
  });

  it("of another program is kept by nobody, because nobody tells of what that one has read", async () => {
    const client = createInternalClient({ service: "users", url: "http://127.0.0.1:9/graphql", keys: testKeys });
    const viewer = serviceViewer("acme", []);
    const ask = () => client.call({ query: "query Rule { __typename }", variables: {}, viewer }).catch(() => undefined);
    expect(await readsOf(ask)).toBeNull();
    await client.close();
  });

  it("that the answer does not wait for makes it one that is not kept", async () => {
    expect(await readsOf(() => Promise.resolve(void things().find({ rank: 1 }).lean().exec()))).toBeNull();
  });

  it("is not noted for who does not ask, and not mixed up between requests at the same time", async () => {
    const made = await Promise.all([1, 2, 3, 4, 5, 6].map(() => world.thing()));
    const answers = await Promise.all(made.map((one) => readsOf(() => things().findById(one._id).lean())));
    expect(answers).toEqual(made.map((one) => sorted(tagOf(one), all)));
    await runForTenant("acme", async () => expect(await things().find({ rank: 1 }).lean()).toBeDefined());
  });
});

describe("a loader", () => {
  const create = createLoaderFactory();
  const idOf = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();
  type Id = string | Types.ObjectId;
  const byId = () =>
    create("byId", async (ids: readonly Id[]) => {
      const rows = await things()
        .find({ _id: { $in: ids.map((id) => new Types.ObjectId(id)) } })
        .lean<TrackedThing[]>();
      return orderByKey(ids, rows, idOf);
    });
  /** Runs parts with a loader that is made for their request. */
  const withLoader = <L>(make: () => L, ...works: ((loader: L) => PromiseLike<unknown>)[]) => {
    let loader: L | undefined;
    return readsOfParts(...works.map((work) => () => work((loader ??= make()))));
  };

  it("gives each key its own document, or its own absence", async () => {
    const [one, two] = [await world.thing(), await world.thing()];
    const reads = await withLoader(
      byId,
      (loader) => loader.load(one._id),
      (loader) => loader.load(unknownId),
      (loader) => loader.loadMany([two._id, one._id]),
    );
    expect(reads).toEqual([
      sorted(tagOf(one), all),
      sorted(`Thing:${unknownId}`, all),
      sorted(tagOf(one), tagOf(two), all),
    ]);
  });

  it("gives who comes later what the first has read, and copies what their original is", async () => {
    const one = await world.thing();
    const make = () =>
      create("copies", async (ids: readonly Id[]) => {
        const rows = await things()
          .find({ _id: { $in: ids } })
          .lean<TrackedThing[]>();
        return orderByKey(
          ids,
          rows.map(({ _id, name }) => ({ _id, name })),
          idOf,
        );
      });
    let first: Promise<unknown> | undefined;
    const other = await world.thing();
    const reads = await withLoader(
      make,
      (loader) => (first = loader.load(one._id)),
      async (loader) => {
        await first;
        await loader.load(one._id);
      },
      (loader) => loader.load(other._id),
    );
    expect(reads).toEqual([sorted(tagOf(one), all), sorted(tagOf(one), all), sorted(tagOf(other), all)]);
  });

  it("gives all keys what is made out of documents, and what no key has as its result", async () => {
    const [one, two] = [await world.thing({ rank: 51 }), await world.thing({ rank: 52 })];
    const sums = () =>
      create("sums", async (ranks: readonly number[]) => {
        const rows = await things()
          .find({ rank: { $in: [...ranks] } })
          .lean<TrackedThing[]>();
        return ranks.map((rank) => rows.filter((row) => row.rank === rank).length);
      });
    const everything = sorted(tagOf(one), tagOf(two), ...listTags("rank"), all);
    expect(
      await withLoader(
        sums,
        (loader) => loader.load(51),
        (loader) => loader.load(52),
      ),
    ).toEqual([everything, everything]);
    const seen = () =>
      create("seen", async (ids: readonly Types.ObjectId[]) => {
        const witnesses = await things().find({ rank: 52 }).lean<TrackedThing[]>();
        const rows = await things()
          .find({ _id: { $in: [...ids] } })
          .lean<TrackedThing[]>();
        return witnesses.length > 0 ? orderByKey(ids, rows, idOf) : [];
      });
    const third = await world.thing();
    expect(
      await withLoader(
        seen,
        (loader) => loader.load(one._id),
        (loader) => loader.load(third._id),
      ),
    ).toEqual([
      sorted(tagOf(one), tagOf(two), ...listTags("rank"), all),
      sorted(tagOf(third), tagOf(two), ...listTags("rank"), all),
    ]);
  });

  it("gives lists their own documents, and what another loader has read inside a batch to all", async () => {
    const owner = await world.thing();
    const owned = [await world.thing({ ownerId: owner._id }), await world.thing({ ownerId: owner._id })];
    const make = () => {
      const ids = byId();
      return create("owned", async (owners: readonly Types.ObjectId[]) => {
        await ids.load(owner._id);
        const rows = await things()
          .find({ ownerId: { $in: [...owners] } })
          .lean<TrackedThing[]>();
        return groupByKey(owners, rows, ({ ownerId }) => String(ownerId));
      });
    };
    const stranger = new Types.ObjectId();
    const reads = await withLoader(
      make,
      (loader) => loader.load(owner._id),
      (loader) => loader.load(stranger),
    );
    expect(reads).toEqual([
      sorted(tagOf(owner), ...owned.map(tagOf), ...listTags("ownerId"), all),
      sorted(tagOf(owner), ...listTags("ownerId"), all),
    ]);
  });

  it("knows values that were put into it if they were read, and else keeps nothing", async () => {
    const one = await world.thing();
    const [known, foreign] = await withLoader(
      byId,
      async (loader) => {
        const found = await things().findOne({ name: one.name }).lean<TrackedThing>();
        if (found) loader.prime(one._id, found);
        await loader.load(one._id);
      },
      async (loader) => {
        loader.prime(unknownId, { name: "made up" } as TrackedThing);
        await loader.load(unknownId);
      },
    );
    expect(known).toEqual(sorted(tagOf(one), ...listTags("name"), all));
    expect(foreign).toBeNull();
  });

  it("gives who gets a value that another part has put in what that part has read to find it", async () => {
    const one = await world.thing({ rank: 53 });
    let found: Promise<unknown> | undefined;
    const reads = await withLoader(
      byId,
      (loader) =>
        (found = (async () => {
          const [row] = await things().find({ rank: 53 }).lean<TrackedThing[]>();
          if (row) loader.prime(row._id, row);
        })()),
      async (loader) => {
        await found;
        await loader.load(one._id);
      },
    );
    expect(reads).toEqual([sorted(tagOf(one), ...listTags("rank"), all), sorted(tagOf(one), ...listTags("rank"), all)]);
  });

  it("keeps nothing of a batch that failed", async () => {
    const make = () =>
      create("failing", async (_: readonly string[]): Promise<string[]> => Promise.reject(new Error("no")));
    expect(await withLoader(make, (loader) => loader.load("a"))).toEqual([null]);
  });

  it("is as always in a request that does not ask", async () => {
    const one = await world.thing();
    await runForTenant("acme", async () => {
      expect((await byId().load(one._id))?.name).toBe(one.name);
    });
    // Read for no part that is known: see isUnknown of the request.
    await runForTenant("acme", () => runTracked(async () => expect((await byId().load(one._id))?.name).toBe(one.name)));
  });
});
