// A database with what the relay needs, and two collections whose documents have outboxes.
import { createTestResources } from "@tradegraph/testkit/test-database";
import { type mongo, Types } from "mongoose";
import { applySnapshot, describeCollections } from "../src/collections.ts";
import { type BaseDocument, defineSchema } from "../src/model.ts";
import { outboxEntry, outboxFields, outboxIndex, pushOutbox, withOutbox, type WithOutbox } from "../src/outbox.ts";
import { type Outbox } from "../src/relay.ts";
import { systemSchemas } from "../src/system-models.ts";

export interface ThingDocument extends BaseDocument, WithOutbox {
  name?: string;
}

export const thingSchema = defineSchema<ThingDocument>({ name: { type: String }, ...outboxFields });
thingSchema.index(...outboxIndex);

export const outboxes: Outbox[] = [
  { collection: "things", type: "Thing" },
  { collection: "others", type: "Other" },
];

const actor = { role: "service" as const };

export async function createEventDatabase() {
  const resources = await createTestResources("events", { migrate: false });
  const db = resources.mongo.connection.db as mongo.Db;
  const collections = ["outboxEvents", "refusedEvents", "things", "others", "leases", "eventConsumers"];
  await applySnapshot(db, describeCollections({ ...systemSchemas, things: thingSchema, others: thingSchema }));
  return {
    resources,
    db,
    events: () => db.collection<{ _id: number }>("outboxEvents").find().sort({ _id: 1 }).toArray(),
    /** Documents whose entries are still there. */
    waiting: () =>
      db.collection("things").countDocuments({ $or: [{ hasOutbox: true }, { "outbox.0": { $exists: true } }] }),
    async empty() {
      for (const name of collections) await db.collection(name).deleteMany({});
    },
    /** A new document with entries of these numbers. @returns its id */
    async write(numbers: number[], collection = "things", tenantId = "acme") {
      const entries = numbers.map((number) => outboxEntry("thing.changed", actor, { number }));
      const _id = new Types.ObjectId();
      const now = new Date();
      const base = { _id, tenantId, version: 1, createdAt: now, updatedAt: now };
      await db.collection(collection).insertOne({ ...base, ...withOutbox(...entries) });
      return _id;
    },
    async push(_id: Types.ObjectId, number: number) {
      const { $push, $set } = pushOutbox(outboxEntry("thing.changed", actor, { number }));
      await db.collection("things").updateOne({ _id }, { $push, $set, $inc: { version: 1 } } as object);
    },
  };
}

export type EventDatabase = Awaited<ReturnType<typeof createEventDatabase>>;
