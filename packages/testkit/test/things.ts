import { defineSchema } from "@tradegraph/kit/model";
import { Schema } from "mongoose";

/** A collection with every kind of index there is. */
export const things = defineSchema({
  name: { type: String, required: true, maxlength: 50 },
  place: { type: Schema.Types.Mixed },
  isOpen: { type: Boolean },
  expiresAt: { type: Date },
});
things.index({ tenantId: 1, name: 1 }, { unique: true });
things.index({ tenantId: 1, isOpen: 1 }, { partialFilterExpression: { isOpen: true } });
things.index({ tenantId: 1, place: "2dsphere" });
things.index({ expiresAt: 1 }, { expireAfterSeconds: 60 });
things.index({ tenantId: 1, name: "text", isOpen: "text" }, { name: "words", weights: { name: 3 } });
