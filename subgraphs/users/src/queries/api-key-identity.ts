import { isApiKeyHash } from "@tradegraph/kit/api-key";
import { runAcrossTenants } from "@tradegraph/kit/tenancy";
import { type Types } from "mongoose";
import { type ApiKeyIdentity } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { isLive } from "../models/api-key.ts";
import { type PartnerDocument } from "../models/partner.ts";

const minuteMs = 60_000;

/**
 * Whose key this is, over all tenants: the gateway knows the tenant only by it. Gateways ask again every half minute
 * while a key is in use, so asking is what counts as use.
 *
 * @returns null for a key that is unknown, ended or expired, or whose partner is switched off
 */
export async function apiKeyIdentity(models: Models, keyHash: string): Promise<ApiKeyIdentity | null> {
  if (!isApiKeyHash(keyHash)) return null;
  const now = new Date();
  const partner = await runAcrossTenants("an API key names its tenant", () =>
    models.Partner.findOne({ "apiKeys.keyHash": keyHash })
      .select("-outbox +apiKeys.keyHash")
      .lean<PartnerDocument>()
      .exec(),
  );
  const key = partner?.apiKeys.find((candidate) => candidate.keyHash === keyHash);
  if (!partner?.isActive || !key || !isLive(key, now)) return null;
  await recordUse(models, partner, key._id, now);
  return {
    keyId: key._id.toHexString(),
    partnerId: partner._id.toHexString(),
    partnerName: partner.name,
    tenantId: partner.tenantId,
    companyId: partner.companyId?.toHexString() ?? null,
    scopes: key.scopes,
    allowedAddresses: key.allowedAddresses,
    expiresAt: key.expiresAt,
  };
}

/** Once a minute at most; no change of the partner, so neither version nor outbox know of it. */
async function recordUse(models: Models, partner: PartnerDocument, keyId: Types.ObjectId, now: Date): Promise<void> {
  const minute = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs);
  const notYet = { $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: minute } }] };
  await runAcrossTenants("an API key names its tenant", () =>
    models.Partner.updateOne(
      { _id: partner._id, apiKeys: { $elemMatch: { _id: keyId, ...notYet } } },
      { $set: { "apiKeys.$.lastUsedAt": minute } },
      { timestamps: false },
    ).exec(),
  );
}
