import { type Types } from "mongoose";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEventLog } from "../src/event-log.ts";
import { createLease } from "../src/lease.ts";
import { createLogger } from "../src/logger.ts";
import { outboxEntry, withOutbox } from "../src/outbox.ts";
import { type FollowingEvent, type OutboxEvent } from "../src/outbox-event.ts";
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
  return createRelay({ db, outboxes, lease, logger: silentLogger, ...options });
};

function loggedLines() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { logger: createLogger({ service: "test", level: "info", destination }), lines: () => lines.join("") };
}

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
    // Whichever instance is asked, also one that has never led.
    expect(await stuck.lagSeconds()).toBeGreaterThan(0);
    time += 100;
    const other = relay();
    expect(await other.lagSeconds()).toBeGreaterThan(0);
    await other.round();
    time += 100;
    await other.round();
    expect(await other.lagSeconds()).toBe(0);
  });

  it("puts an entry aside that the log does not take, says so, and carries the others", async () => {
    await database.write([1]);
    const holder = await database.write([2], "things", "a-tenant-with-a-name-longer-than-32-characters");
    await database.write([3]);
    const published: FollowingEvent[] = [];
    const { logger, lines } = loggedLines();
    const publish = (events: readonly FollowingEvent[]) => Promise.resolve(void published.push(...events));
    await relay({ logger, publish }).round();
    expect(await expectWhole(2)).toMatchObject([{ data: { number: 1 } }, { data: { number: 3 } }]);
    expect(published.map(({ sequence, previous }) => [sequence, previous])).toEqual([
      [1, ""],
      [2, published[0]?.eventId],
    ]);
    const asides = await database.db.collection("refusedEvents").find().toArray();
    expect(asides).toMatchObject([{ event: { entity: { id: holder.toHexString() }, data: { number: 2 } } }]);
    expect(lines()).toContain("refusedEvents");
    expect(await database.waiting()).toBe(0);
  });

  it("carries a batch of each collection in turn", async () => {
    for (const _ of upTo(150)) await database.write([1]);
    await database.write([2], "others");
    const types: string[] = [];
    const publish = (events: readonly FollowingEvent[]) =>
      Promise.resolve(void types.push(...new Set(events.map(({ entity }) => entity.type))));
    expect(await relay({ publish }).round()).toBe(151);
    expect(types).toEqual(["Thing", "Other", "Thing"]);
  });

  it("reports an entry that stands in two documents", async () => {
    const { hasOutbox, outbox } = withOutbox(outboxEntry("thing.changed", { role: "service" }));
    for (const _ of upTo(2)) {
      const now = new Date();
      const base = { tenantId: "acme", version: 1, createdAt: now, updatedAt: now };
      await database.db.collection("things").insertOne({ ...base, hasOutbox, outbox });
    }
    const { logger, lines } = loggedLines();
    await relay({ logger }).round();
    expect(lines()).toContain("Two documents have the same outbox entry");
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
        before = (await log.last()).sequence;
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
    const position = { log: await log.id(), ...(await log.last()) };
    expect(position.sequence).toBe(before + 5);
    expect(await log.read(position, 10)).toMatchObject({ events: [], follows: true });
    time += 100;
    await takeOver();
    const { events } = await log.read(position, 10);
    expect(events).toMatchObject([{ sequence: before + 6, data: { number: 77 }, entity: { id: held.toHexString() } }]);
    expect(await database.waiting()).toBe(0);
  });
});
