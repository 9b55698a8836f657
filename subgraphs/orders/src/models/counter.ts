import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";

/** The last number given out, for numbers that people read. */
export interface CounterDocument extends BaseDocument {
  name: "order" | "quote";
  value: number;
}

export const counterSchema = defineSchema<CounterDocument>({
  name: { type: String, required: true, enum: ["order", "quote"] },
  value: { type: Number, required: true, min: 0 },
});

counterSchema.index({ tenantId: 1, name: 1 }, { unique: true });
