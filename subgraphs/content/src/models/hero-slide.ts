import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";

export interface HeroSlideDocument extends BaseDocument, WithOutbox {
  title: string;
  subtitle?: string;
  imageUrl: string;
  linkUrl?: string;
  buttonText?: string;
  isActive: boolean;
  sortOrder: number;
  backgroundColor?: string;
  textColor?: string;
}

/** As the scalar `URL`: one that it refuses would be an error in every answer. */
const address = /^(https?:\/\/|\/($|[^/\s\\]))[^\s\\]*$/;
const colour = /^#[0-9a-fA-F]{6}$/;

export const heroSlideSchema = defineSchema<HeroSlideDocument>({
  title: { type: String, required: true, maxlength: 200, dataClass: "public" },
  subtitle: { type: String, maxlength: 500, dataClass: "public" },
  imageUrl: { type: String, required: true, maxlength: 2_000, match: address, dataClass: "public" },
  linkUrl: { type: String, maxlength: 2_000, match: address, dataClass: "public" },
  buttonText: { type: String, maxlength: 50, dataClass: "public" },
  isActive: { type: Boolean, required: true, default: true, dataClass: "public" },
  sortOrder: { type: Number, required: true, default: 0, dataClass: "public" },
  backgroundColor: { type: String, match: colour, dataClass: "public" },
  textColor: { type: String, match: colour, dataClass: "public" },
  ...outboxFields,
});

heroSlideSchema.index({ tenantId: 1, isActive: 1, sortOrder: 1, _id: 1 });
// What staff see: switched-off slides among the others.
heroSlideSchema.index({ tenantId: 1, sortOrder: 1, _id: 1 });
heroSlideSchema.index(...outboxIndex);
