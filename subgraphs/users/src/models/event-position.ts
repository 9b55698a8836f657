import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";

/** How far the audit log has read the events of a publisher. */
export interface EventPositionDocument extends BaseDocument {
  publisher: string;
  /** Name of the publisher's sequence. */
  log: string;
  /** Place of the last event taken over. */
  sequence: number;
  /** Id of that event, by which the publisher tells whether it is still the same. */
  eventId: string;
}

export const eventPositionSchema = defineSchema<EventPositionDocument>({
  publisher: { type: String, required: true, maxlength: 32, dataClass: "internal" },
  log: { type: String, required: true, maxlength: 36, dataClass: "internal" },
  sequence: { type: Number, required: true, min: 0, dataClass: "internal" },
  eventId: { type: String, required: true, maxlength: 24, dataClass: "internal" },
});

eventPositionSchema.index({ tenantId: 1, publisher: 1 }, { unique: true });
