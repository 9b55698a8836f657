import { type Types } from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEventLog } from "../src/event-log.ts";
import { createLease } from "../src/lease.ts";
import { type OutboxEvent } from "../src/outbox-event.ts";
import { createRelay, type RelayOptions } from "../src/relay.ts";
import { createEventDatabase, type EventDatabase, outboxes } from "./event-database.ts";

let database: EventDatabase;
let time: number;

beforeAll(async () => {
  database = await createEventDatabase();
});
afterAll(() => database.resources[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.empty();
  time = 0;
});

/** A relay of another instance; `time` is its watch. */
const relay = (options: Partial<RelayOptions> = {}) => {
  const { db } = database;
  const lease = createLease({ db, name: "relay", silenceMs: 100, now: () => time });
  return createRelay({ db, outboxes, lease, ...options });
};

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => index + from);

/** Sequence without gaps, each entry once, the entries of one document in their order. */
async function expectWhole(count: number) {
  const events = (await database.events()) as unknown as (OutboxEvent & { _id: number })[];
  expect(events.map(({ _id }) => _id)).toEqual(upTo(count, events[0]?._id ?? 1));
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(count);
  const byEntity = Map.groupBy(events, ({ entity }) => entity.id);
  for (const ofOne of byEntity.values()) {
    const numbers = ofOne.map(({ data }) => data?.number as number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
  return events;
}

describe("the relay", () => {
  it("carries entries into a sequence from 1 and leaves their documents as they were", async () => {
    const _id = await database.write([1, 2]);
    const before = await database.db.collection("things").findOne({ _id });
    expect(await relay().round()).toBe(2);
    expect(await expectWhole(2)).toMatchObject([
      { _id: 1, tenantId: "acme", type: "thing.changed", entity: { type: "Thing", id: _id.toHexString() } },
      { _id: 2, data: { number: 2 } },
    ]);
    const after = await database.db.collection("things").findOne({ _id });
    expect(after).toEqual({ ...before, outbox: [], hasOutbox: false });
  });

  it("keeps an entry that is written while others are taken out", async () => {
    const _id = await database.write([1]);
    await relay({ afterStep: async (step) => (step === "added" ? database.push(_id, 2) : undefined) }).round();
    expect(await database.waiting()).toBe(1);
    time += 100;
    const next = relay();
    await next.round();
    time += 100;
    await next.round();
    await expectWhole(2);
    expect(await database.waiting()).toBe(0);
  });

  it("loses and repeats nothing of 5,000 entries with two instances and writers beside them", async () => {
    const ids: Types.ObjectId[] = [];
    for (const _ of upTo(500)) ids.push(await database.write([1, 2, 3, 4, 5]));
    let writing = true;
    const writers = Promise.all(
      upTo(5).map(async (_, writer) => {
        for (const number of upTo(5, 6))
          for (const id of ids.slice(writer * 100, writer * 100 + 100)) await database.push(id, number);
      }),
    ).finally(() => {
      writing = false;
    });
    const instances = [relay(), relay()];
    const running = instances.map(async (instance) => {
      while (writing || (await database.waiting()) > 0) {
        // Fast enough that they take the lead from each other in the middle of their work.
        time += 60;
        await instance.round();
      }
    });
    await Promise.all([writers, ...running]);
    await expectWhole(5_000);
  });

  it.each(["read", "added", "confirmed", "published"] as const)("goes on after it died when it had %s", async (at) => {
    for (const _ of upTo(30)) await database.write([1, 2, 3]);
    const dying = relay({
      afterStep: (step) => (step === at ? Promise.reject(new Error("died")) : Promise.resolve()),
    });
    await expect(dying.round()).rejects.toThrow("died");
    expect(await database.waiting()).toBe(30);
    const next = relay();
    await next.round();
    time += 100;
    await next.round();
    await expectWhole(90);
    expect(await database.waiting()).toBe(0);
  });

  it("publishes what it added, in order, and only then takes it out", async () => {
    await database.write([1, 2, 3]);
    const published: number[] = [];
    await relay({
      async publish(events) {
        expect(await database.waiting()).toBe(1);
        published.push(...events.map(({ sequence }) => sequence));
      },
    }).round();
    expect(published).toEqual([1, 2, 3]);
  });

  it("tells how long the oldest entry waits while it cannot be carried", async () => {
    await database.write([1]);
    const stuck = relay({ publish: () => Promise.reject(new Error("no")) });
    await expect(stuck.round()).rejects.toThrow("no");
    expect(stuck.lagSeconds()).toBeGreaterThan(0);
    time += 100;
    const other = relay();
    await other.round();
    time += 100;
    await other.round();
    expect(other.lagSeconds()).toBe(0);
  });
});

describe("a leader that was frozen after it had read", () => {
  /** Lets `meanwhile` run between reading and adding, as if the whole instance had stood still. */
  const frozen = (meanwhile: () => Promise<void>) =>
    relay({
      afterStep: (() => {
        let once = false;
        return async (step: string) => {
          if (step !== "read" || once) return;
          once = true;
          await meanwhile();
        };
      })(),
    });

  /** Another instance becomes leader and carries what it is told to. */
  const takeOver = async (options: Partial<RelayOptions> = {}) => {
    const next = relay(options);
    await next.round();
    time += 100;
    await next.round();
    return next;
  };

  it("adds nothing a second time", async () => {
    await database.write([1]);
    const stale = frozen(async () => {
      await takeOver();
    });
    expect(await stale.round()).toBe(0);
    await expectWhole(1);
  });

  it("loses nothing that it wrote into places that were freed", async () => {
    const log = createEventLog(database.db);
    // Ten events, so that the frozen one believes to know where the log ends.
    await database.write(upTo(10));
    let before = 0;
    let first = true;
    const stale = relay({
      afterStep: async (step) => {
        if (step !== "read") return;
        if (first) {
          first = false;
          return;
        }
        before = await log.last();
        for (const _ of upTo(5)) await database.write([1], "others");
        // The other one carries its five, everybody passes them, their places are freed.
        await takeOver({ outboxes: outboxes.slice(1) });
        await log.checkpoint("audit", before + 5);
        await log.prune();
      },
    });
    await stale.round();
    const held = await database.write([77]);
    await stale.round();
    expect(await database.waiting()).toBe(1);
    expect(await log.read(before + 5, 10)).toMatchObject({ events: [] });
    time += 100;
    await takeOver();
    const { events } = await log.read(before + 5, 10);
    expect(events).toMatchObject([{ sequence: before + 6, data: { number: 77 }, entity: { id: held.toHexString() } }]);
    expect(await database.waiting()).toBe(0);
  });
});

describe("the log of events", () => {
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
    expect(await log.last()).toBe(10);
    expect(await log.read(10, 5)).toMatchObject({ events: [], last: 10 });
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
    const { events, last } = await log.read(1, 2);
    expect(events.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(last).toBe(5);
  });
});
