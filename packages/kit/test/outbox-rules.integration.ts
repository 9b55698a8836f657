import { type Model } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { longestOutbox, outboxEntry, pushOutbox, withOutbox } from "../src/outbox.ts";
import { runForTenant } from "../src/tenancy.ts";
import { createEventDatabase, type EventDatabase, type ThingDocument, thingSchema } from "./event-database.ts";

let database: EventDatabase;
let Thing: Model<ThingDocument>;

beforeAll(async () => {
  database = await createEventDatabase();
  Thing = database.resources.mongo.connection.model<ThingDocument>("Thing", thingSchema, "things");
});
afterAll(() => database.resources[Symbol.asyncDispose]());

const entry = () => outboxEntry("thing.changed", { role: "service" });
const inShop = <T>(work: () => Promise<T>): Promise<T> => runForTenant("acme", work);
const create = (entries: number) =>
  inShop(() => Thing.create({ name: "one", ...withOutbox(...Array.from({ length: entries }, entry)) }));

describe("an outbox entry", () => {
  it("is not written into many documents", async () => {
    const { $push, $set } = pushOutbox(entry());
    const update = { $push, $set };
    await expect(inShop(() => Thing.updateMany({}, update).exec())).rejects.toThrow("of one document");
    await expect(inShop(() => Thing.bulkWrite([{ updateMany: { filter: {}, update } }]))).rejects.toThrow(
      "of one document",
    );
    const [first, second] = [await create(0), await create(0)];
    const writes = [first, second].map(({ _id }) => ({ updateOne: { filter: { _id }, update } }));
    await expect(inShop(() => Thing.bulkWrite(writes))).rejects.toThrow("of one document");
    const same = withOutbox(entry());
    await expect(inShop(() => Thing.insertMany([same, same]))).rejects.toThrow("of one document");
    expect(await database.waiting()).toBe(0);
  });

  it("is written into each of many documents by itself", async () => {
    const things = [await create(0), await create(0)];
    const writes = things.map(({ _id }) => {
      const { $push, $set } = pushOutbox(entry());
      return { updateOne: { filter: { _id }, update: { $push, $set } } };
    });
    await inShop(() => Thing.bulkWrite(writes));
    expect(await database.waiting()).toBe(2);
    await inShop(() => Thing.updateMany({}, { $set: { name: "two" } }).exec());
  });

  it("that finds no place is told apart from other refusals of the database", async () => {
    const { _id } = await create(longestOutbox);
    const { $push, $set } = pushOutbox(entry());
    const full = { extensions: { code: "SERVICE_UNAVAILABLE", retryable: true } };
    const update = { $push, $set };
    await expect(inShop(() => Thing.updateOne({ _id }, update).exec())).rejects.toMatchObject(full);
    await expect(inShop(() => Thing.findOneAndUpdate({ _id }, update).exec())).rejects.toMatchObject(full);
    await expect(inShop(() => Thing.bulkWrite([{ updateOne: { filter: { _id }, update } }]))).rejects.toMatchObject(
      full,
    );
    await expect(inShop(() => Thing.updateOne({ _id }, { $unset: { hasOutbox: 1 } }).exec())).rejects.toMatchObject({
      code: 121,
    });
  });
});
