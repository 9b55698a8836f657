// Two tenants with two documents each, in one collection.
import { createTestResources } from "@tradegraph/testkit/test-database";
import { type mongo, Schema, Types } from "mongoose";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { type BaseDocument, defineSchema } from "../src/model.ts";
import { runForTenant } from "../src/tenancy.ts";

export interface Thing extends BaseDocument {
  name: string;
  rank: number;
  place?: object;
}

const thingSchema = defineSchema<Thing>({
  name: { type: String, required: true },
  rank: { type: Number, default: 0 },
  place: { type: Schema.Types.Mixed },
});

const ids = Array.from({ length: 4 }, () => new Types.ObjectId());
export const [a1, a2, b1, b2] = ids as [Types.ObjectId, Types.ObjectId, Types.ObjectId, Types.ObjectId];
export const point = { type: "Point" as const, coordinates: [10, 50] as [number, number] };

const documents = () => [
  { _id: a1, tenantId: "a", name: "common anvil", rank: 1, place: point, version: 1 },
  { _id: a2, tenantId: "a", name: "common axe", rank: 2, place: point, version: 1 },
  { _id: b1, tenantId: "b", name: "common bolt", rank: 1, place: point, version: 1 },
  { _id: b2, tenantId: "b", name: "common bit", rank: 3, place: point, version: 1 },
];

const connect = (resources: Awaited<ReturnType<typeof createTestResources>>) =>
  resources.mongo.connection.model<Thing>("Thing", thingSchema, "things");

export interface TwoTenants {
  Things: ReturnType<typeof connect>;
  /** The same collection past mongoose and its plugin. */
  raw: mongo.Collection;
  /** Whatever `work` does or throws under tenant A, tenant B has afterwards what it had before, and no more. */
  leavesB: (work: () => PromiseLike<unknown>) => Promise<unknown>;
}

/** Runs under tenant A to its end: a mongoose query begins only when it is awaited. */
export const asA = <T>(work: () => PromiseLike<T>): Promise<T> => runForTenant("a", async () => work());

/** Filled before the first test, and with the same four documents before each. */
export function twoTenants(): TwoTenants {
  const world = {} as TwoTenants;
  let resources: Awaited<ReturnType<typeof createTestResources>>;
  beforeAll(async () => {
    resources = await createTestResources("tenancy", { migrate: false });
    world.Things = connect(resources);
    world.raw = resources.mongo.connection.db?.collection("things") as mongo.Collection;
    await world.raw.createIndex({ tenantId: 1, name: "text" });
    await world.raw.createIndex({ tenantId: 1, place: "2dsphere" });
  });
  afterAll(() => resources[Symbol.asyncDispose]());
  beforeEach(async () => {
    await world.raw.deleteMany({});
    await world.raw.insertMany(documents());
  });
  const documentsOfB = () =>
    world.raw
      .find({ _id: { $in: [b1, b2] } })
      .sort({ _id: 1 })
      .toArray();
  world.leavesB = async (work) => {
    const before = await documentsOfB();
    const outcome = await asA(work).catch((error: unknown) => error);
    expect(await documentsOfB()).toEqual(before);
    expect(await world.raw.countDocuments({ tenantId: "b" })).toBe(2);
    expect(await world.raw.countDocuments({ tenantId: { $nin: ["a", "b"] } })).toBe(0);
    return outcome;
  };
  return world;
}
