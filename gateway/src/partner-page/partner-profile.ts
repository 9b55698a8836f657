// What users says about a partner for its page: the name, and the versions of its operations.
import { notFound } from "@tradegraph/kit/errors";
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { serviceViewer } from "@tradegraph/kit/viewer";
import { LRUCache } from "lru-cache";
import { type OperationVersion } from "./list-changes.ts";

export interface PartnerProfile {
  name: string;
  /** Pending ones first, then those activated last. */
  versions: OperationVersion[];
}

export type ReadProfile = (partnerId: string, tenantId: string) => Promise<PartnerProfile>;

/** A page is read again while somebody waits for a change. */
const freshMs = 2_000;
const mostPartners = 100;

const query = `query PartnerProfile($partnerId: ID!) {
  partnerProfile(partnerId: $partnerId) {
    name versions { id name activatedAt retiredAt operations { operationId name textHash } }
  }
}`;

/** @throws PublicError SERVICE_UNAVAILABLE, and NOT_FOUND for a partner that users does not have */
export function createReadProfile(users: Pick<InternalClient, "call">): ReadProfile {
  const known = new LRUCache<string, Promise<PartnerProfile>>({ max: mostPartners, ttl: freshMs });
  const ask = async (partnerId: string, tenantId: string): Promise<PartnerProfile> => {
    const viewer = serviceViewer(tenantId, ["api-keys"]);
    const call = { query, variables: { partnerId }, viewer };
    const { partnerProfile } = await users.call<{ partnerProfile: PartnerProfile | null }>(call);
    if (!partnerProfile) throw notFound("There is no such partner any more.");
    return partnerProfile;
  };
  return (partnerId, tenantId) => {
    const key = `${tenantId} ${partnerId}`;
    const running = known.get(key);
    if (running) return running;
    const asked = ask(partnerId, tenantId);
    known.set(key, asked);
    asked.catch(() => {
      if (known.peek(key) === asked) known.delete(key);
    });
    return asked;
  };
}
