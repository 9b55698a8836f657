// Keys live inside their partner: how many count at once is decided by one update of one document.
import { embedded } from "@tradegraph/kit/model";
import { Schema, type Types } from "mongoose";
import { type StoredPartnerScope } from "../enums.ts";

/** Keys that may count at once: the one in use and the one to change over to. */
export const mostLiveKeys = 2;
/** Keys kept for each partner; the oldest ended ones make room. */
export const mostKeys = 20;
export const mostAllowedAddresses = 20;
/** Longest life of a key. */
export const longestKeyDays = 366;

export const partnerScopes = ["catalogue:read", "orders:read-all"] as const satisfies readonly StoredPartnerScope[];

export interface ApiKeyDocument {
  _id: Types.ObjectId;
  name: string;
  /** The key's public beginning. */
  prefix: string;
  /** See `kit/api-key.ts`. Not read unless a query asks for it. */
  keyHash: string;
  scopes: StoredPartnerScope[];
  /** Addresses and networks it may be used from; empty for all. */
  allowedAddresses: string[];
  createdBy: Types.ObjectId;
  createdAt: Date;
  expiresAt: Date;
  /** To the minute. */
  lastUsedAt?: Date;
  revokedAt?: Date;
}

export const apiKeySchema = embedded({
  _id: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  name: { type: String, required: true, minlength: 1, maxlength: 100, dataClass: "internal" },
  prefix: { type: String, required: true, match: /^tgk_[0-9a-f]{8}$/, dataClass: "confidential" },
  keyHash: { type: String, required: true, match: /^[\w-]{43}$/, select: false, dataClass: "restricted" },
  scopes: {
    type: [{ type: String, enum: [...partnerScopes] }],
    required: true,
    maxItems: partnerScopes.length,
    dataClass: "internal",
  },
  allowedAddresses: {
    type: [{ type: String, maxlength: 64 }],
    required: true,
    maxItems: mostAllowedAddresses,
    dataClass: "confidential",
  },
  createdBy: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  createdAt: { type: Date, required: true, dataClass: "internal" },
  expiresAt: { type: Date, required: true, dataClass: "internal" },
  lastUsedAt: { type: Date, dataClass: "internal" },
  revokedAt: { type: Date, dataClass: "internal" },
});

/** Whether the key counts, as long as its partner does. */
export const isLive = ({ revokedAt, expiresAt }: Pick<ApiKeyDocument, "revokedAt" | "expiresAt">, now: Date): boolean =>
  revokedAt === undefined && expiresAt > now;
