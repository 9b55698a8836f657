// What a subgraph needs to publish the events of its documents: a worker that carries them, and a route for consumers.
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { badUserInput } from "./errors.ts";
import { createEventLog, durableConsumers, type EventLog } from "./event-log.ts";
import { publishToStream } from "./event-stream.ts";
import { type InternalRoutes } from "./internal-routes.ts";
import { Counter, Gauge } from "./metrics.ts";
import { onOutboxEntry } from "./outbox.ts";
import { eventIdOrNone, type EventPage } from "./outbox-event.ts";
import { createRelay, type Outbox } from "./relay.ts";
import { createRelayTelling } from "./relay-telling.ts";
import { type SubgraphResources, type Worker } from "./subgraph.ts";

/** Time between an entry and the write that holds it, milliseconds; several entries are carried together. */
const gatherMs = 20;
/**
 * Between two looks: after traffic, for what other instances write; and when nothing has happened for a while. Below a
 * second, because each look that finds nothing tells gateways that nothing waits here.
 */
const busyPauseMs = 200;
const idlePauseMs = 900;
const idleAfterRounds = 10;
const pruneEveryMs = 10_000;

export interface EventRequest {
  consumer: (typeof durableConsumers)[number];
  /** The sequence that the consumer has read so far; absent when it has read nothing yet. */
  log?: string | undefined;
  /** It has everything up to here. */
  after: number;
  /** Id of the event at `after`. */
  eventId?: string | undefined;
  limit: number;
}

const requestSchema = z.strictObject({
  consumer: z.enum(durableConsumers),
  log: z.uuid().optional(),
  after: z.int().min(0),
  eventId: eventIdOrNone.optional(),
  limit: z.int().min(1).max(1_000),
});

export interface EventPublisher {
  workers: Worker[];
  /** `POST /internal/events`, for durable consumers. */
  routes: InternalRoutes;
  /** The same for a consumer in this process. */
  read: (request: EventRequest) => Promise<EventPage>;
}

interface OutboxModel {
  modelName: string;
  collection: { collectionName: string };
  schema: { path: (name: string) => unknown };
}

const isModel = (value: unknown): value is OutboxModel => typeof value === "function" && "modelName" in value;

/** Collections out of `models` whose documents have an outbox, and that of refused callers. */
export function outboxesOf(models: Readonly<Record<string, unknown>>): Outbox[] {
  const own = Object.values(models)
    .filter(isModel)
    .filter(({ schema }) => schema.path("hasOutbox") !== undefined)
    .map(({ collection, modelName }) => ({ collection: collection.collectionName, type: modelName }));
  return [...own, { collection: "securityRecords", type: "Service" }];
}

/**
 * Starts publishing.
 *
 * @param models of the subgraph; those with an outbox are published under their names
 */
export function publishEvents(resources: SubgraphResources, models: Readonly<Record<string, unknown>>): EventPublisher {
  const { mongo, redis, redisNamespace, name, logger, metrics } = resources;
  const { db } = mongo.connection;
  if (!db) throw new Error("Connect before publishing events.");
  const log = createEventLog(db);
  const published = new Counter({
    name: "outbox_events_published_total",
    help: "Events carried out of documents by this instance",
    registers: [metrics],
  });
  const relay = createRelay({
    ...{ db, log, logger, outboxes: outboxesOf(models) },
    ...(redis && { telling: createRelayTelling({ db, redis, namespace: redisNamespace, subgraph: name }) }),
    publish: async (events) => {
      published.inc(events.length);
      if (!redis) return;
      await publishToStream({ redis, namespace: redisNamespace, publisher: name, log: await log.id() }, events);
    },
  });
  new Gauge({
    name: "outbox_lag_seconds",
    help: "Age of the oldest entry in a document that waits to be published, whichever instance is asked",
    registers: [metrics],
    async collect() {
      // A database that does not answer must not take the other figures away.
      const lag = await relay.lagSeconds().catch(() => undefined);
      if (lag !== undefined) this.set(lag);
    },
  });
  const read = async ({ consumer, log: name, after, eventId = "", limit }: EventRequest) => {
    const from = name === undefined ? undefined : { log: name, sequence: after, eventId };
    const page = await log.read(from, limit);
    // A consumer that remembers another database begins anew by itself; its position says nothing about ours.
    if (from && page.follows) await log.checkpoint(consumer, after);
    return page;
  };
  return {
    read,
    routes: {
      events(body) {
        const { success, data } = requestSchema.safeParse(body);
        if (!success) throw badUserInput("Send `consumer`, `log`, `after`, `eventId` and `limit`.");
        return read(data);
      },
    },
    workers: resources.relay === false ? [] : [startRelayWorker({ relay, log, logger })],
  };
}

function startRelayWorker({
  relay,
  log,
  logger,
}: {
  relay: ReturnType<typeof createRelay>;
  log: EventLog;
  logger: SubgraphResources["logger"];
}): Worker {
  let stopping = false;
  let nextRound = new AbortController();
  let wakeUp: NodeJS.Timeout | undefined;
  let quiet = 0;
  let failing = false;
  const stopListening = onOutboxEntry(() => {
    quiet = 0;
    wakeUp ??= setTimeout(() => {
      wakeUp = undefined;
      nextRound.abort();
    }, gatherMs);
  });
  let pruned = performance.now();
  const step = async () => {
    quiet = (await relay.round()) > 0 ? 0 : quiet + 1;
    if (relay.isLeading() && performance.now() - pruned > pruneEveryMs) {
      pruned = performance.now();
      await log.prune();
    }
    failing = false;
  };
  const loop = async () => {
    while (!stopping) {
      await step().catch((error: unknown) => {
        // One line for each trouble: rounds are short.
        if (!failing) logger.warn({ error }, "Events could not be carried; trying on");
        failing = true;
      });
      nextRound = new AbortController();
      const pause = failing || quiet > idleAfterRounds ? idlePauseMs : busyPauseMs;
      if (!stopping) await sleep(pause, undefined, { signal: nextRound.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    name: "relay of events",
    async stop() {
      stopping = true;
      stopListening();
      clearTimeout(wakeUp);
      nextRound.abort();
      await running;
      // What the last requests wrote goes on now instead of with the next program.
      await step().catch(() => undefined);
      await relay.release().catch(() => undefined);
    },
  };
}
