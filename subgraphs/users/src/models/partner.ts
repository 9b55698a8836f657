import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";
import { type ApiKeyDocument, apiKeySchema, mostKeys } from "./api-key.ts";

/** A firm that calls the graph by programs of its own. */
export interface PartnerDocument extends BaseDocument, WithOutbox {
  name: string;
  /** Lower-cased name, by which partners are told apart: DocumentDB has no collation. */
  nameSort: string;
  contactEmail: string;
  /** Whose orders and prices its keys may show. */
  companyId?: Types.ObjectId;
  isActive: boolean;
  /** Oldest first. */
  apiKeys: ApiKeyDocument[];
}

export const partnerSchema = defineSchema<PartnerDocument>({
  name: { type: String, required: true, minlength: 1, maxlength: 200, dataClass: "confidential" },
  nameSort: { type: String, required: true, maxlength: 200, dataClass: "confidential" },
  contactEmail: { type: String, required: true, maxlength: 254, dataClass: "restricted", personal: true },
  companyId: { type: Schema.Types.ObjectId, dataClass: "internal" },
  isActive: { type: Boolean, required: true, default: true, dataClass: "internal" },
  apiKeys: { type: [apiKeySchema], required: true, maxItems: mostKeys, default: [] },
  ...outboxFields,
});

partnerSchema.index({ tenantId: 1, nameSort: 1 }, { unique: true });
partnerSchema.index({ tenantId: 1, nameSort: 1, _id: 1 });
partnerSchema.index({ tenantId: 1, "apiKeys._id": 1 });
// A key comes alone: only the partner that is found says which tenant it is for. Nothing but a hash of 256 random bits
// is unique by itself.
partnerSchema.index({ "apiKeys.keyHash": 1 });
// A gateway that starts asks over all tenants who called last.
export const lastUsedIndex = { isActive: 1, "apiKeys.lastUsedAt": -1, _id: 1 } as const;
partnerSchema.index(lastUsedIndex);
partnerSchema.index(...outboxIndex);
