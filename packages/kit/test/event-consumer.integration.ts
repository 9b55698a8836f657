import { randomUUID } from "node:crypto";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { consumeEvents, type EventConsumerOptions } from "../src/event-consumer.ts";
import { createEventLog } from "../src/event-log.ts";
import { createEventReader, publishToStream } from "../src/event-stream.ts";
import { type EventPosition } from "../src/outbox-event.ts";
import { createLogger } from "../src/logger.ts";
import { createLease } from "../src/lease.ts";
import { connectRedis, type RedisClient } from "../src/redis.ts";
import { createRelay } from "../src/relay.ts";
import { type Worker } from "../src/subgraph.ts";
import { createEventDatabase, type EventDatabase, outboxes } from "./event-database.ts";

const redisUri = inject("redisUri");
let database: EventDatabase;
let redis: RedisClient | undefined;
let namespace: string;
let taken: number[];
let position: EventPosition | undefined;
let asked: number;
const workers: Worker[] = [];

beforeAll(async () => {
  database = await createEventDatabase();
  if (redisUri === undefined) return;
  redis = connectRedis({ url: redisUri, logger: silentLogger, name: "test" });
  await vi.waitFor(() => expect(redis?.status).toBe("ready"), 15_000);
});
afterAll(async () => {
  redis?.disconnect();
  await database.resources[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await database.empty();
  await database.db.collection("eventLogs").deleteMany({});
  namespace = `test-${randomUUID()}`;
  taken = [];
  position = undefined;
  asked = 0;
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

/** Carries what was written, and publishes it unless told not to. */
async function carry({ publish = true } = {}) {
  const log = createEventLog(database.db);
  const relay = createRelay({
    ...{ db: database.db, outboxes, log, logger: silentLogger },
    publish: async (events) => {
      if (publish && redis) await publishToStream({ redis, namespace, publisher: "shop", log: await log.id() }, events);
    },
  });
  await relay.round();
  await relay.release();
}

function consume(options: Partial<EventConsumerOptions> = {}, withStream = true): Worker {
  const { db } = database;
  const log = createEventLog(db);
  const stream =
    withStream && redis && createEventReader({ redis, namespace, publisher: "shop", logger: silentLogger });
  const worker = consumeEvents({
    publisher: "shop",
    lease: createLease({ db, name: "audit:shop", silenceMs: 200 }),
    stream: stream || undefined,
    async ask(from, limit) {
      asked += 1;
      const page = await log.read(from, limit);
      if (from && page.follows) await log.checkpoint("audit", from.sequence);
      return page;
    },
    position: {
      load: () => Promise.resolve(position),
      save: (reached) => Promise.resolve(void (position = reached)),
    },
    handle: (events) => Promise.resolve(void taken.push(...events.map(({ data }) => data?.number as number))),
    logger: silentLogger,
    silenceMs: 300,
    ...options,
  });
  workers.push(worker);
  return worker;
}

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => index + from);
const eventually = (numbers: number[]) => vi.waitFor(() => expect(taken).toEqual(numbers), 15_000);

const yes = () => Promise.resolve(true);
/** Asks the publisher only where it must: it would never come to do so by itself. */
const unhurried: Partial<EventConsumerOptions> = {
  silenceMs: 60_000,
  lease: { hold: yes, confirm: yes, release: () => Promise.resolve() },
};

describe("a durable consumer", () => {
  it("gets everything in order without Redis", async () => {
    await database.write(upTo(1_000));
    await carry({ publish: false });
    consume({}, false);
    await eventually(upTo(1_000));
    await database.write(upTo(3, 1_001));
    await carry({ publish: false });
    await eventually(upTo(1_003));
  });

  it.skipIf(redisUri === undefined)("hears of events by the stream long before it would ask", async () => {
    await database.write([1]);
    await carry();
    consume(unhurried);
    await eventually([1]);
    const before = asked;
    await database.write([2]);
    await carry();
    await eventually([1, 2]);
    expect(asked).toBe(before);
  });

  it.skipIf(redisUri === undefined)("asks for what the stream leaves out", async () => {
    await database.write([1]);
    await carry();
    consume();
    await eventually([1]);
    await database.write([2, 3]);
    await carry({ publish: false });
    await database.write([4]);
    await carry();
    await eventually([1, 2, 3, 4]);
  });

  it.skipIf(redisUri === undefined)("misses nothing when Redis forgets everything again and again", async () => {
    consume();
    for (const n of upTo(20)) {
      await database.write([n]);
      await carry();
      if (n % 4 === 0) {
        const keys = (await redis?.keys(`${namespace}:*`)) ?? [];
        if (keys.length > 0) await redis?.del(...keys);
      }
    }
    await eventually(upTo(20));
  });

  it("goes on where it was after it died between taking over and remembering", async () => {
    await database.write(upTo(3));
    await carry();
    let dying = true;
    consume({
      position: {
        load: () => Promise.resolve(position),
        save(reached) {
          if (dying) {
            dying = false;
            return Promise.reject(new Error("died"));
          }
          return Promise.resolve(void (position = reached));
        },
      },
    });
    // Told twice rather than not at all.
    await eventually([1, 2, 3, 1, 2, 3]);
  });

  it("tries on while the publisher is away", async () => {
    await database.write([1]);
    await carry();
    const log = createEventLog(database.db);
    let calls = 0;
    consume({
      ask(from, limit) {
        calls += 1;
        return calls < 3 ? Promise.reject(new Error("away")) : log.read(from, limit);
      },
    });
    await eventually([1]);
  });

  it("begins anew when the publisher has another database, and does not free what it has not read there", async () => {
    await database.write(upTo(5));
    await carry();
    const first = consume();
    await eventually(upTo(5));
    await first.stop();
    await database.empty();
    await database.db.collection("eventLogs").deleteMany({});
    await database.write(upTo(6, 11));
    await carry();
    consume();
    await eventually([...upTo(5), ...upTo(6, 11)]);
  });

  it("misses nothing of a publisher that was restored from a backup and has got beyond the old number", async () => {
    await database.write(upTo(5));
    await carry();
    consume();
    await eventually(upTo(5));
    // The log keeps its name: that is in the backup too. Redis has what it had.
    await database.db.collection<{ _id: number }>("outboxEvents").deleteMany({ _id: { $gt: 2 } });
    await database.db.collection("eventConsumers").deleteMany({});
    await database.write(upTo(5, 101));
    await carry();
    await eventually([...upTo(5), 1, 2, ...upTo(5, 101)]);
  });

  it("says that events are gone when its own database is older than what the publisher has forgotten", async () => {
    await database.write(upTo(5));
    await carry();
    const { events, log } = await createEventLog(database.db).read(undefined, 10);
    position = { log, sequence: 2, eventId: events[1]?.eventId ?? "" };
    await createEventLog(database.db).checkpoint("audit", 5);
    await createEventLog(database.db).prune();
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    consume({ logger: createLogger({ service: "test", level: "error", destination }) });
    await eventually([5]);
    expect(lines.join("")).toContain("Events of a publisher are gone");
  });

  /** Writes into Redis what no relay has. */
  const forge = async (sequence: number, previous: string, number: number) => {
    const [event] = (await createEventLog(database.db).read(undefined, 1)).events;
    const forged = { ...event, sequence, previous, eventId: "f".repeat(24), data: { number } };
    const key = `{${namespace}:events:shop}:${await createEventLog(database.db).id()}`;
    await redis?.xadd(key, `${sequence}-0`, "event", JSON.stringify(forged));
    return key;
  };
  const firstId = async () => (await createEventLog(database.db).last()).eventId;

  it.skipIf(redisUri === undefined).each([
    ["of the next number", 2],
    ["far ahead", 1_000],
  ])("does not believe a foreign event in Redis %s, and throws it away", async (_, sequence) => {
    await database.write([1]);
    await carry();
    consume(unhurried);
    await eventually([1]);
    const key = await forge(sequence, "0".repeat(24), 99);
    await vi.waitFor(async () => expect(await redis?.exists(key)).toBe(0), 15_000);
    const before = asked;
    await database.write([2]);
    await carry();
    await eventually([1, 2]);
    // By the stream, which works again.
    expect(asked).toBe(before);
  });

  it.skipIf(redisUri === undefined)("finds back from an event of an older database that fits", async () => {
    await database.write([1]);
    await carry();
    consume();
    await eventually([1]);
    await forge(2, await firstId(), 99);
    await eventually([1, 99]);
    await database.write([2]);
    await carry();
    await eventually([1, 99, 1, 2]);
    await database.write([3]);
    await carry();
    await eventually([1, 99, 1, 2, 3]);
  });

  it.skipIf(redisUri === undefined)("throws away what is no event", async () => {
    await database.write([1]);
    await carry();
    consume();
    await eventually([1]);
    const key = `{${namespace}:events:shop}:${await createEventLog(database.db).id()}`;
    await redis?.xadd(key, "2-0", "event", "nonsense");
    await vi.waitFor(async () => expect(await redis?.exists(key)).toBe(0), 15_000);
    await database.write([2]);
    await carry();
    await eventually([1, 2]);
  });

  it("is one of two instances, and the other goes on when it ends", async () => {
    const first = consume();
    const second = consume();
    await database.write(upTo(5));
    await carry();
    await eventually(upTo(5));
    await first.stop();
    await database.write(upTo(5, 6));
    await carry();
    await eventually(upTo(10));
    await second.stop();
  });

  it("tells the publisher how far it is, so that events can go", async () => {
    await database.write(upTo(5));
    await carry();
    consume();
    await eventually(upTo(5));
    const log = createEventLog(database.db);
    await vi.waitFor(async () => {
      await log.prune();
      expect(await database.events()).toHaveLength(1);
    }, 15_000);
  });
});
