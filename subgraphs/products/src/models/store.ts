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
  name: { type: String, required: true, maxlength: 100 },
  city: { type: String, required: true, maxlength: 100 },
  country: { type: String, required: true, match: /^[A-Z]{2}$/ },
  location: {
    type: embedded({
      type: { type: String, required: true, enum: ["Point"] },
      coordinates: { type: [Number], required: true, maxItems: 2 },
    }),
    required: true,
  },
  isActive: { type: Boolean, required: true, default: true },
  ...outboxFields,
});

storeSchema.index({ tenantId: 1, location: "2dsphere" });
storeSchema.index(...outboxIndex);
