// The audit log listens to every subgraph, this one included.
import { type OutboxEvent, parseEventPage } from "@tradegraph/kit/outbox-event";
import { consumeEvents, type EventConsumerOptions } from "@tradegraph/kit/event-consumer";
import { type EventPublisher, type EventRequest } from "@tradegraph/kit/event-publisher";
import { createEventReader } from "@tradegraph/kit/event-stream";
import { createInternalClient } from "@tradegraph/kit/internal-client";
import { createLease } from "@tradegraph/kit/lease";
import { type SubgraphResources, type Worker } from "@tradegraph/kit/subgraph";
import { runAcrossTenants, runForTenant } from "@tradegraph/kit/tenancy";
import { platformTenant } from "@tradegraph/kit/viewer";
import { auditEntryOf } from "../audit-events.ts";
import { type Models } from "../models.ts";
import { type EventPositionDocument } from "../models/event-position.ts";
import { insertAuditEntries } from "./audit-insert.ts";
import { withoutErased } from "./pseudonymise-person.ts";

/** Writes events of a publisher into the audit log, each once. @returns how many were new */
export const auditEvents = (models: Models, publisher: string, events: readonly OutboxEvent[]): Promise<number> =>
  runAcrossTenants("a publisher's events are of all tenants", async () => {
    const entries = events.map((event) => auditEntryOf(publisher, event));
    return insertAuditEntries(models, await withoutErased(models, entries));
  });

/** Where the log has come to with a publisher. */
export const eventPosition = (models: Models, publisher: string): EventConsumerOptions["position"] => ({
  load: () =>
    runForTenant(platformTenant, async () => {
      const found = await models.EventPosition.findOne({ publisher }).lean<EventPositionDocument>();
      return found ? { log: found.log, sequence: found.sequence, eventId: found.eventId } : undefined;
    }),
  save: ({ log, sequence, eventId }) =>
    runForTenant(platformTenant, async () => {
      const change = { $set: { log, sequence, eventId }, $inc: { version: 1 } };
      await models.EventPosition.updateOne({ publisher }, change, { upsert: true, setDefaultsOnInsert: false });
    }),
});

type Ask = EventConsumerOptions["ask"];

const requestOf = (...[from, limit]: Parameters<Ask>): EventRequest => ({
  ...{ consumer: "audit", after: from?.sequence ?? 0, limit },
  ...(from && { log: from.log, eventId: from.eventId }),
});

/**
 * Starts one consumer for each publisher.
 *
 * @param options.sources name → GraphQL endpoint of the other subgraphs
 * @param options.own the publisher of this subgraph, which is read without a network
 */
export function startAuditConsumers(options: {
  models: Models;
  resources: SubgraphResources;
  own: EventPublisher;
  sources: Readonly<Record<string, string>>;
}): Worker[] {
  const { models, resources, own, sources } = options;
  const { mongo, redis, redisNamespace: namespace, logger, keys, name } = resources;
  const { db } = mongo.connection;
  if (!db || resources.relay === false) return [];
  const consumer = (publisher: string, ask: Ask) =>
    consumeEvents({
      ...{ publisher, ask, logger },
      lease: createLease({ db, name: `audit:${publisher}` }),
      stream: redis && createEventReader({ redis, namespace, publisher, logger }),
      position: eventPosition(models, publisher),
      handle: async (events) => void (await auditEvents(models, publisher, events)),
    });
  const remote = Object.entries(sources)
    .filter(([publisher]) => publisher !== name)
    .flatMap(([publisher, url]) => {
      const client = createInternalClient({ service: publisher, url, keys });
      const ask: Ask = async (from, limit) =>
        parseEventPage(await client.callRoute("events", requestOf(from, limit), platformTenant));
      const worker = consumer(publisher, ask);
      return { name: worker.name, stop: () => worker.stop().finally(() => client.close()) };
    });
  return [consumer(name, (from, limit) => own.read(requestOf(from, limit))), ...remote];
}
