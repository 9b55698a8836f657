import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";

/** The last number given out, for numbers that people read. */
export interface CounterDocument extends BaseDocument {
  name: "order" | "quote";
  value: number;
}

export const counterSchema = defineSchema<CounterDocument>({
  name: { type: String, required: true, enum: ["order", "quote"], dataClass: "internal" },
  value: { type: Number, required: true, min: 0, dataClass: "internal" },
});

counterSchema.index({ tenantId: 1, name: 1 }, { unique: true });
