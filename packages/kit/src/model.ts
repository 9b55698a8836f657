import { type Query, Schema, type SchemaDefinition, type Types } from "mongoose";
import { embedded } from "./embedded.ts";
import { outboxRules } from "./outbox-rules.ts";
import { readTracking } from "./read-tracking.ts";
import { tenancy } from "./tenancy.ts";
import { writeTracking } from "./write-tracking.ts";

export { embedded } from "./embedded.ts";

/** Fields of every document. */
export interface BaseDocument {
  _id: Types.ObjectId;
  tenantId: string;
  /** Grows with each change; the filter of an update names the one it saw. */
  version: number;
  createdAt: Date;
  updatedAt: Date;
  /** Run that seeded the document; `seed clean` removes by it. Absent from the graph. */
  _seed?: string;
}

/** No query may run longer, in milliseconds: the caller has given up by then. */
export const queryTimeLimitMs = 5_000;

/** Documents in the first answer of a command: as many as a loader asks for at once, so that one command is enough. */
const batchSize = 1_000;

/**
 * A schema as all collections have it: tenancy, version, timestamps, unknown fields refused, collections and indexes left
 * to migrations.
 *
 * @param definition fields beside those of {@link BaseDocument}; give them in full, strings with `maxlength`, each with its
 * `dataClass` and, where it tells of a person, `personal: true` (see data-class.ts)
 */
export function defineSchema<T extends BaseDocument>(definition: SchemaDefinition): Schema<T> {
  const fields: SchemaDefinition = {
    ...definition,
    version: { type: Number, required: true, default: 1, min: 1, dataClass: "internal" },
    _seed: { type: String, dataClass: "internal" },
  };
  const schema = new Schema<T>(fields as SchemaDefinition<T>, {
    timestamps: true,
    versionKey: false,
    id: false,
    minimize: false,
    // `true` would drop an unknown key of a filter, and an empty filter is every document.
    strict: "throw",
    strictQuery: "throw",
    autoIndex: false,
    autoCreate: false,
  });
  schema.plugin(tenancy as (schema: Schema) => void);
  schema.plugin(outboxRules as (schema: Schema) => void);
  schema.plugin(readTracking as (schema: Schema) => void);
  schema.plugin(writeTracking as (schema: Schema) => void);
  schema.pre(["find", "findOne", "countDocuments", "distinct"], function (this: Query<unknown, unknown>) {
    this.maxTimeMS(queryTimeLimitMs);
  });
  // The server's own first batch is 101 documents, and each further one is a round trip.
  schema.pre("find", function (this: Query<unknown, unknown>) {
    this.batchSize(batchSize);
  });
  schema.pre("aggregate", function () {
    this.option({ maxTimeMS: queryTimeLimitMs, batchSize });
  });
  return schema;
}

/** Stored money: see `money.ts`. One value: the field that holds it says its class. */
export const moneySchema = embedded({
  amount: {
    type: Number,
    required: true,
    min: -Number.MAX_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    validate: Number.isSafeInteger,
  },
  currency: { type: String, required: true, match: /^[A-Z]{3}$/ },
});
