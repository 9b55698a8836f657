import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";

/** How far the audit log has read the events of a publisher. */
export interface EventPositionDocument extends BaseDocument {
  publisher: string;
  /** Name of the publisher's sequence. */
  log: string;
  /** Place of the last event taken over. */
  sequence: number;
}

export const eventPositionSchema = defineSchema<EventPositionDocument>({
  publisher: { type: String, required: true, maxlength: 32 },
  log: { type: String, required: true, maxlength: 36 },
  sequence: { type: Number, required: true, min: 0 },
});

eventPositionSchema.index({ tenantId: 1, publisher: 1 }, { unique: true });
