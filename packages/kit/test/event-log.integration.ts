import { randomUUID } from "node:crypto";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { mongo } from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { createEventLog } from "../src/event-log.ts";
import { createRelay } from "../src/relay.ts";
import { createEventDatabase, type EventDatabase, outboxes } from "./event-database.ts";

let database: EventDatabase;

beforeAll(async () => {
  database = await createEventDatabase();
});
afterAll(() => database.resources[Symbol.asyncDispose]());
beforeEach(() => database.empty());

const relay = () => createRelay({ db: database.db, outboxes, logger: silentLogger });
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("the log of events", () => {
  it("gives consumers only what a majority has: the rest may be another event after a fail-over", async () => {
    const client = await new mongo.MongoClient(inject("mongoUri"), { monitorCommands: true }).connect();
    const reads: unknown[] = [];
    client.on("commandStarted", ({ commandName, command }) => {
      if (commandName === "find" && command.find === "outboxEvents") reads.push(command.readConcern);
    });
    try {
      await createEventLog(client.db(database.db.databaseName)).read(undefined, 10);
    } finally {
      await client.close();
    }
    expect(reads).toEqual([{ level: "majority" }, { level: "majority" }]);
  });

  it("knows a position by its event, not by its number alone", async () => {
    const log = createEventLog(database.db);
    await database.write(upTo(3));
    await relay().round();
    const { events } = await log.read(undefined, 10);
    const at = { log: await log.id(), sequence: 2, eventId: events[1]?.eventId ?? "" };
    expect(await log.read(at, 10)).toMatchObject({ follows: true, events: [{ sequence: 3 }] });
    for (const wrong of [{ eventId: "0".repeat(24) }, { sequence: 9 }, { log: randomUUID() }])
      expect(await log.read({ ...at, ...wrong }, 10)).toMatchObject({ follows: false, events: [], last: 3 });
  });

  it("removes what every durable consumer has passed, and never its newest number", async () => {
    const log = createEventLog(database.db, ["audit", "mail"]);
    await database.write(upTo(10));
    await relay().round();
    await log.checkpoint("audit", 10);
    expect(await log.prune()).toBe(0);
    await log.checkpoint("mail" as "audit", 4);
    expect(await log.prune()).toBe(3);
    await log.checkpoint("mail" as "audit", 10);
    await log.prune();
    expect(await log.last()).toMatchObject({ sequence: 10 });
    const end = { log: await log.id(), ...(await log.last()) };
    expect(await log.read(end, 5)).toMatchObject({ events: [], follows: true, last: 10 });
  });

  it("does not take a consumer back", async () => {
    const log = createEventLog(database.db);
    await database.write(upTo(3));
    await relay().round();
    await log.checkpoint("audit", 3);
    await log.checkpoint("audit", 1);
    expect(await log.prune()).toBe(2);
  });

  it("reads in order, as many as asked for", async () => {
    const log = createEventLog(database.db);
    await database.write(upTo(5));
    await relay().round();
    const [first] = (await log.read(undefined, 1)).events;
    const from = { log: await log.id(), sequence: 1, eventId: first?.eventId ?? "" };
    const { events, last } = await log.read(from, 2);
    expect(events.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(last).toBe(5);
  });
});
