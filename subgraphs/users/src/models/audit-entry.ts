// The audit log: who did what, when and from where. Entries are added and never changed; time removes them (retention),
// and the erasure of a person takes out who it was (pseudonymisePerson).
import { AsyncLocalStorage } from "node:async_hooks";
import { type BaseDocument, defineSchema, embedded } from "@tradegraph/kit/model";
import { type Actor, actorSchema } from "@tradegraph/kit/outbox";
import { type IndexDefinition, type Schema } from "mongoose";
import { auditCategories, auditOutcomes, type StoredAuditCategory, type StoredAuditOutcome } from "../enums.ts";

export interface AuditEntryDocument extends BaseDocument {
  /** Name of the event; a repetition is the same event. */
  eventId: string;
  at: Date;
  category: StoredAuditCategory;
  /** Such as `order.placed`. */
  action: string;
  outcome: StoredAuditOutcome;
  actor: Actor;
  /** Program that wrote it down. */
  source: string;
  /** What it is about. */
  subject?: { type: string; id: string };
  operation?: string;
  entityTypes: string[];
  /** Code of a refusal or failure. */
  code?: string;
  /** Names of changed fields. */
  changes: string[];
  /** How many equal events this stands for; absent for one. */
  count?: number;
  expiresAt: Date;
}

export const auditEntrySchema = defineSchema<AuditEntryDocument>({
  eventId: { type: String, required: true, minlength: 1, maxlength: 64, dataClass: "internal" },
  at: { type: Date, required: true, dataClass: "confidential" },
  category: { type: String, required: true, enum: [...auditCategories], dataClass: "confidential" },
  action: { type: String, required: true, maxlength: 64, dataClass: "confidential" },
  outcome: { type: String, required: true, enum: [...auditOutcomes], dataClass: "confidential" },
  actor: { type: actorSchema, required: true },
  source: { type: String, required: true, maxlength: 32, dataClass: "confidential" },
  subject: {
    type: embedded({
      type: { type: String, required: true, maxlength: 64, dataClass: "confidential" },
      id: { type: String, required: true, maxlength: 64, dataClass: "confidential", personal: true },
    }),
  },
  operation: { type: String, maxlength: 128, dataClass: "confidential" },
  entityTypes: { type: [{ type: String, maxlength: 64 }], required: true, maxItems: 100, dataClass: "confidential" },
  code: { type: String, maxlength: 64, dataClass: "confidential" },
  changes: { type: [{ type: String, maxlength: 64 }], required: true, maxItems: 100, dataClass: "confidential" },
  count: { type: Number, min: 1, dataClass: "confidential" },
  expiresAt: { type: Date, required: true, dataClass: "internal" },
});

/** Indexes of the lists, by the filter that leads; the last fields are filtered by without reading documents. */
export const listIndexes = {
  subject: { tenantId: 1, "subject.id": 1, at: 1, _id: 1 },
  user: { tenantId: 1, "actor.userId": 1, at: 1, _id: 1, outcome: 1 },
  userAndCategory: { tenantId: 1, "actor.userId": 1, category: 1, at: 1, _id: 1, outcome: 1 },
  action: { tenantId: 1, action: 1, at: 1, _id: 1, outcome: 1 },
  outcome: { tenantId: 1, outcome: 1, at: 1, _id: 1, category: 1 },
  category: { tenantId: 1, category: 1, at: 1, _id: 1, outcome: 1 },
  all: { tenantId: 1, at: 1, _id: 1 },
} as const satisfies Record<string, IndexDefinition>;

auditEntrySchema.index({ tenantId: 1, eventId: 1 }, { unique: true });
for (const keys of Object.values(listIndexes)) auditEntrySchema.index(keys);
auditEntrySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const permitted = new AsyncLocalStorage<string>();

/** Lets `work` change entries; the reason is for the reader. Only the erasure of a person has one. */
export const changingAuditLog = <T>(reason: string, work: () => T): T => permitted.run(reason, work);

function refuseChange(): void {
  if (permitted.getStore() === undefined) throw new Error("The audit log is only ever added to.");
}

function keepAppendOnly(schema: Schema): void {
  schema.pre(["updateOne", "updateMany", "findOneAndUpdate", "replaceOne", "findOneAndReplace"], refuseChange);
  schema.pre(["deleteOne", "deleteMany", "findOneAndDelete"], refuseChange);
  schema.pre("save", function () {
    if (!this.isNew) refuseChange();
  });
  schema.pre("bulkWrite", (operations: object[]) => {
    if (operations.some((operation) => !("insertOne" in operation))) refuseChange();
  });
}

keepAppendOnly(auditEntrySchema as Schema);
