// A partner's API key → who asks. Whatever is wrong with a key, its sender is told the same: nobody shall learn which keys
// there are and where they may be used from.
import { type IncomingHttpHeaders } from "node:http";
import { apiKeyHeader, hashApiKey, isApiKeyText } from "@tradegraph/kit/api-key";
import { badUserInput, unauthenticated } from "@tradegraph/kit/errors";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type ApiKeyIdentities, type ApiKeyIdentity } from "./api-key-identities.ts";

/** The viewer without what the request itself adds. */
export type PartnerViewer = Pick<Viewer, "tenantId" | "role" | "partnerId" | "companyId" | "scopes">;

/** A refused key, for log and audit log; its text is in neither. */
export interface KeyRefusal {
  reason: "malformed" | "unknown" | "expired" | "address";
  /** Of a key that there is. */
  identity?: Pick<ApiKeyIdentity, "keyId" | "partnerId" | "tenantId">;
  address: string | undefined;
}

/** @throws PublicError UNAUTHENTICATED, or SERVICE_UNAVAILABLE when nobody can tell */
export type VerifyApiKey = (key: string, address: string | undefined) => Promise<PartnerViewer>;

/**
 * The key that a request was sent with.
 *
 * @throws PublicError BAD_USER_INPUT when there is an access token besides: it would not be clear who asks
 */
export function apiKeyIn(headers: IncomingHttpHeaders): string | undefined {
  const header = headers[apiKeyHeader];
  if (header === undefined) return undefined;
  if (headers.authorization !== undefined)
    throw badUserInput(`Send an access token or the header ${apiKeyHeader}, not both.`);
  return String(header);
}

const refusals = new WeakMap<Error, KeyRefusal>();

/** What is behind an error that clients only know as 401; undefined for errors that are about no key. */
export const keyRefusalOf = (error: unknown): KeyRefusal | undefined =>
  error instanceof Error ? refusals.get(error) : undefined;

export function createApiKeyVerifier(options: {
  identities: Pick<ApiKeyIdentities, "find">;
  onRefused: (refusal: KeyRefusal) => void;
}): VerifyApiKey {
  const { identities, onRefused } = options;
  return async (key, address) => {
    const refuse = (reason: KeyRefusal["reason"], identity?: ApiKeyIdentity) => {
      const refusal = { reason, address, ...(identity && { identity }) };
      onRefused(refusal);
      const error = unauthenticated("The API key is not valid here.");
      refusals.set(error, refusal);
      return error;
    };
    if (!isApiKeyText(key)) throw refuse("malformed");
    const identity = await identities.find(hashApiKey(key), address);
    if (!identity) throw refuse("unknown");
    if (identity.expiresAt <= Date.now()) throw refuse("expired", identity);
    if (identity.allows && !(address !== undefined && identity.allows(address))) throw refuse("address", identity);
    const { tenantId, partnerId, companyId, scopes } = identity;
    return { tenantId, role: "partner", partnerId, ...(companyId !== null && { companyId }), scopes };
  };
}
