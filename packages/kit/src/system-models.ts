// Collections that every subgraph has beside its own: the relay of events and what it needs. They are read and written by
// the driver, because the relay works over all tenants at once; here are their validators and indexes.
import { Schema, type SchemaDefinition } from "mongoose";
import { type BaseDocument, defineSchema, embedded } from "./model.ts";
import { actorSchema, outboxFields, outboxIndex, type WithOutbox } from "./outbox.ts";

const plain = (definition: SchemaDefinition): Schema =>
  new Schema(definition, { versionKey: false, id: false, autoIndex: false, autoCreate: false });

/** Who leads a piece of work that one instance does for all; see lease.ts. */
const leaseSchema = plain({
  _id: { type: String, required: true, maxlength: 64, dataClass: "internal" },
  owner: { type: String, maxlength: 64, dataClass: "internal" },
  /** Grows with each change of the leader. */
  term: { type: Number, required: true, min: 1, dataClass: "internal" },
  /** Grows while the leader lives. */
  beat: { type: Number, required: true, min: 0, dataClass: "internal" },
});

/** Events in the order in which they were published, until every durable consumer has passed them; see relay.ts. */
const outboxEventSchema = plain({
  /** 1, 2, 3 …, without gaps. */
  _id: { type: Number, required: true, min: 1, dataClass: "internal" },
  tenantId: { type: String, required: true, maxlength: 32, dataClass: "internal" },
  eventId: { type: String, required: true, maxlength: 24, dataClass: "internal" },
  type: { type: String, required: true, maxlength: 64, dataClass: "internal" },
  at: { type: Date, required: true, dataClass: "internal" },
  entity: {
    type: embedded({
      type: { type: String, required: true, maxlength: 64, dataClass: "internal" },
      id: { type: String, required: true, maxlength: 64, dataClass: "internal" },
    }),
    required: true,
  },
  actor: { type: actorSchema, required: true },
  data: { type: Object, dataClass: "internal" },
});
outboxEventSchema.index({ tenantId: 1, eventId: 1 }, { unique: true });

/** For so long a refused event is kept, in seconds. */
const refusedLifetime = 30 * 86_400;

/** Entries that `outboxEvents` does not take, so that they stop no other; each is an error in the log as well. */
const refusedEventSchema = plain({
  /** Event id. */
  _id: { type: String, required: true, maxlength: 24, dataClass: "internal" },
  event: { type: Object, required: true, dataClass: "restricted", personal: true },
  refusedAt: { type: Date, required: true, dataClass: "internal" },
});
refusedEventSchema.index({ refusedAt: 1 }, { expireAfterSeconds: refusedLifetime });

/** The name of this sequence of events, so that nobody takes it for that of another database. */
const eventLogSchema = plain({
  _id: { type: String, required: true, maxlength: 8, dataClass: "internal" },
  logId: { type: String, required: true, maxlength: 36, dataClass: "internal" },
});

/** How far a durable consumer has come, as it said itself. */
const eventConsumerSchema = plain({
  _id: { type: String, required: true, maxlength: 64, dataClass: "internal" },
  position: { type: Number, required: true, min: 0, dataClass: "internal" },
});

export interface SecurityRecordDocument extends BaseDocument, WithOutbox {
  kind: string;
}

/**
 * Documents whose outboxes carry what has no document of its own: what was refused before anybody was known (see
 * refusal-records.ts), and what cached answers must forget because documents are gone (deletion-records.ts).
 */
const securityRecordSchema = defineSchema<SecurityRecordDocument>({
  kind: { type: String, required: true, enum: ["refusals", "deletions"], dataClass: "internal" },
  ...outboxFields,
});
securityRecordSchema.index({ tenantId: 1, kind: 1 }, { unique: true });
securityRecordSchema.index(...outboxIndex);

/** To spread into the `schemas` of every subgraph. */
export const systemSchemas = {
  eventConsumers: eventConsumerSchema,
  eventLogs: eventLogSchema,
  leases: leaseSchema,
  outboxEvents: outboxEventSchema,
  refusedEvents: refusedEventSchema,
  securityRecords: securityRecordSchema,
};

/** Why some of them do without the tenancy plugin, for the walk over all collections. */
export const sharedCollections: Readonly<Record<string, string>> = {
  dataKeys: "one key seals for all tenants; the tenant is bound to each sealed value",
  eventConsumers: "a consumer reads the events of all tenants",
  eventLogs: "one name for the sequence of all tenants",
  leases: "work is led by one instance for all tenants",
  outboxEvents: "one sequence over all tenants; each event names its own, and only the relay reads them",
  refusedEvents: "events of all tenants that could not be carried; nothing reads them, people do",
};
