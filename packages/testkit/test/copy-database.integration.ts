import { applySnapshot, describeCollections } from "@tradegraph/kit/collections";
import { defineSchema } from "@tradegraph/kit/model";
import { type mongo, Types } from "mongoose";
import { expect, it, onTestFinished } from "vitest";
import { copyDatabase } from "../src/copy-database.ts";
import { databaseShape } from "../src/database-shape.ts";
import { createTestResources } from "../src/test-database.ts";
import { things } from "./things.ts";

const thing = (name: unknown) => ({
  ...{ _id: new Types.ObjectId(), tenantId: "acme", name, isOpen: true, version: 1 },
  ...{ createdAt: new Date(), updatedAt: new Date(), hasOutbox: false, outbox: [] },
});

it("has the validators, the documents and the indexes, and refuses what the first refuses", async () => {
  const resources = await createTestResources("copied", { migrate: false });
  const client = resources.mongo.connection.getClient();
  const original = resources.mongo.connection.db as mongo.Db;
  const copy = client.db(`${original.databaseName}_copy`);
  onTestFinished(async () => {
    await copy.dropDatabase();
    await resources[Symbol.asyncDispose]();
  });
  await applySnapshot(original, describeCollections({ things, empty: defineSchema({ name: { type: String } }) }));
  await original.collection("things").insertMany([thing("a"), thing("b")]);

  await copyDatabase(client, original.databaseName, copy.databaseName);

  expect(await databaseShape(copy)).toEqual(await databaseShape(original));
  expect((await databaseShape(copy)).map(({ name }) => name)).toEqual(["empty", "things"]);
  const documentsOf = (db: mongo.Db) => db.collection("things").find().sort({ _id: 1 }).toArray();
  expect(await documentsOf(copy)).toEqual(await documentsOf(original));
  await expect(copy.collection("things").insertOne(thing("a"))).rejects.toThrow("duplicate key");
  await expect(copy.collection("things").insertOne(thing(7))).rejects.toThrow("failed validation");
});
