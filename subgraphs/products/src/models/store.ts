import { type BaseDocument, defineSchema, embedded } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";

export interface StoreDocument extends BaseDocument, WithOutbox {
  name: string;
  city: string;
  country: string;
  /** GeoJSON: longitude first. */
  location: { type: "Point"; coordinates: [longitude: number, latitude: number] };
  isActive: boolean;
}

export const storeSchema = defineSchema<StoreDocument>({
  name: { type: String, required: true, maxlength: 100, dataClass: "public" },
  city: { type: String, required: true, maxlength: 100, dataClass: "public" },
  country: { type: String, required: true, match: /^[A-Z]{2}$/, dataClass: "public" },
  location: {
    type: embedded({
      type: { type: String, required: true, enum: ["Point"], dataClass: "public" },
      coordinates: { type: [Number], required: true, maxItems: 2, dataClass: "public" },
    }),
    required: true,
  },
  isActive: { type: Boolean, required: true, default: true, dataClass: "public" },
  ...outboxFields,
});

storeSchema.index({ tenantId: 1, location: "2dsphere" });
storeSchema.index(...outboxIndex);
