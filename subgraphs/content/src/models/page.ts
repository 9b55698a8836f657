import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";

export interface PageDocument extends BaseDocument, WithOutbox {
  slug: string;
  title: string;
  /** Markdown. */
  body: string;
  metaTitle?: string;
  metaDescription?: string;
}

export const pageSchema = defineSchema<PageDocument>({
  slug: { type: String, required: true, maxlength: 100, match: /^[a-z0-9-]+$/, dataClass: "public" },
  title: { type: String, required: true, maxlength: 200, dataClass: "public" },
  body: { type: String, required: true, maxlength: 100_000, dataClass: "public" },
  metaTitle: { type: String, maxlength: 200, dataClass: "public" },
  metaDescription: { type: String, maxlength: 500, dataClass: "public" },
  ...outboxFields,
});

pageSchema.index({ tenantId: 1, slug: 1 }, { unique: true });
pageSchema.index(...outboxIndex);
