import { applySnapshot, describeCollections } from "@tradegraph/kit/collections";
import { type mongo } from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { databaseShape, modelShape } from "../src/database-shape.ts";
import { createTestResources } from "../src/test-database.ts";
import { things } from "./things.ts";

const schemas = { things };

let resources: Awaited<ReturnType<typeof createTestResources>>;
let db: mongo.Db;

beforeAll(async () => {
  resources = await createTestResources("shape", { migrate: false });
  db = resources.mongo.connection.db as mongo.Db;
});

afterAll(() => resources[Symbol.asyncDispose]());

beforeEach(async () => {
  await db.dropDatabase();
  await applySnapshot(db, describeCollections(schemas));
});

describe("databaseShape", () => {
  it("equals what the models ask for: unique, partial, geo, expiring and text indexes, and validators", async () => {
    expect(await databaseShape(db)).toEqual(modelShape(schemas));
  });

  it("leaves the books of the migrations out", async () => {
    for (const name of ["migrationChangelog", "migrationLock"]) await db.createCollection(name);
    expect(await databaseShape(db)).toEqual(modelShape(schemas));
  });

  const name = "tenantId_1_name_1";
  const again = async (keys: mongo.IndexSpecification, options: mongo.CreateIndexesOptions, old = name) => {
    await db.collection("things").dropIndex(old);
    await db.collection("things").createIndex(keys, { name: old, ...options });
  };
  const faults: Record<string, () => Promise<unknown>> = {
    "another collection": () => db.createCollection("others"),
    "a missing collection": () => db.dropCollection("things"),
    "another index": () => db.collection("things").createIndex({ name: 1 }),
    "a missing index": () => db.collection("things").dropIndex(name),
    "an index that is not unique": () => again({ tenantId: 1, name: 1 }, {}),
    "an index that leaves documents out": () => again({ tenantId: 1, name: 1 }, { unique: true, sparse: true }),
    "an index with other keys": () => again({ tenantId: 1, name: -1 }, { unique: true }),
    "an index with the same keys in another order": () => again({ name: 1, tenantId: 1 }, { unique: true }),
    "an index that expires later": () => again({ expiresAt: 1 }, { expireAfterSeconds: 61 }, "expiresAt_1"),
    "other weights": () =>
      again({ tenantId: 1, name: "text", isOpen: "text" }, { weights: { name: 4, isOpen: 1 } }, "words"),
    "another language": () =>
      again(
        { tenantId: 1, name: "text", isOpen: "text" },
        { weights: { name: 3 }, default_language: "german" },
        "words",
      ),
    "no validator": () => db.command({ collMod: "things", validator: {} }),
    "a validator that only warns": () => db.command({ collMod: "things", validationAction: "warn" }),
    "a validator that lets old documents be": () => db.command({ collMod: "things", validationLevel: "moderate" }),
  };

  it.each(Object.keys(faults))("differs for %s", async (fault) => {
    await faults[fault]?.();
    expect(await databaseShape(db)).not.toEqual(modelShape(schemas));
  });
});
