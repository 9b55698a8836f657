import { runAcrossTenants } from "@tradegraph/kit/tenancy";
import { type PartnerInUse } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { lastUsedIndex, type PartnerDocument } from "../models/partner.ts";

/** A plain list has no more (ruling 14). */
const mostPartners = 100;

/**
 * Partners that may call now, over all tenants: a gateway that starts gets their operations ready, and knows no tenant
 * yet. Few documents of some hundred bytes, read once for each start of a gateway.
 *
 * @returns the partner whose key was used last first; keys that were never used come at the end
 */
export async function partnersInUse(models: Models): Promise<PartnerInUse[]> {
  const isLive = { revokedAt: null, expiresAt: { $gt: new Date() } };
  const partners = await runAcrossTenants("a gateway starts for all tenants", () =>
    models.Partner.find({ isActive: true, apiKeys: { $elemMatch: isLive } }, { tenantId: 1 })
      .sort({ "apiKeys.lastUsedAt": -1, _id: 1 })
      .hint(lastUsedIndex)
      .limit(mostPartners)
      .lean<Pick<PartnerDocument, "_id" | "tenantId">[]>()
      .exec(),
  );
  return partners.map(({ _id, tenantId }) => ({ partnerId: _id.toHexString(), tenantId }));
}
