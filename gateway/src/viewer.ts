// Credentials of a request → who asks. Done once, here; subgraphs believe the signed result.
import { type IncomingHttpHeaders } from "node:http";
import { type AccessTokenClaims, accessTokenAlgorithm, accessTokenType } from "@tradegraph/kit/access-token";
import { serviceUnavailable } from "@tradegraph/kit/errors";
import { type Logger } from "@tradegraph/kit/logger";
import { anonymousViewer, isShopId, type Viewer } from "@tradegraph/kit/viewer";
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { apiKeyIn, type VerifyApiKey } from "./api-key.ts";
import { type AddressOf, type Caller } from "./client-address.ts";
import { type CheckSession } from "./session-check.ts";
import { heldBy, reasonOf, refuseToken } from "./token-refusal.ts";
import { type PromiseOrValue, whenDone } from "./promise-or-value.ts";
import { type TenantRules, tenantOf } from "./tenant.ts";

export interface TokenRules {
  /** Where the issuer publishes its keys; without it every token is refused. */
  jwksUrl?: string | undefined;
  issuer: string;
  audience: string;
  /**
   * How long fetched keys are believed without looking again, in milliseconds, ten minutes unless given. The issuer must
   * publish a key this long before it signs.
   */
  keysCacheMs?: number;
}

/** At once for visitors, who have nothing to verify. */
export type Identify = (caller: Caller) => PromiseOrValue<Viewer>;

/** Finds out which access token is meant by a request, and what it says. */
export type VerifyToken = (token: string) => Promise<VerifiedClaims>;

export type VerifiedClaims = AccessTokenClaims & { iat: number };

/** An ObjectId: subgraphs look for it in their databases. */
const idClaim = z.string().regex(/^[0-9a-f]{24}$/);

const claimsSchema = z.object({
  sub: idClaim,
  tid: z.string().refine(isShopId),
  role: z.enum(["customer", "supplier", "admin"]),
  scope: z.string().default(""),
  cid: idClaim.optional(),
  sid: idClaim,
  iat: z.number(),
});

/** How long an issuer that did not answer is left alone while older keys are known. */
const restMs = 30_000;

/** The issuer's keys could not be fetched, which is no fault of the token. */
class KeysUnavailable extends Error {}

/**
 * Keys of the issuer, fetched when first needed and again for an unknown key id. While the issuer is away the last known
 * keys go on: sessions must not end because one subgraph restarts.
 */
function issuerKeys(jwksUrl: string, cacheMs = 600_000): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: 3_000,
    cacheMaxAge: cacheMs,
    // For unknown key ids, which anybody can make up.
    cooldownDuration: Math.min(30_000, cacheMs),
  });
  let askAgainAt = 0;
  const lastKnown = (): JWTVerifyGetKey | undefined => {
    const known = remote.jwks();
    if (!known) return undefined;
    const find = createLocalJWKSet(known);
    return (header, token) =>
      find(header, token).catch((error: unknown) => {
        // A newer key that nobody could ask for is no fault of the token.
        if (error instanceof errors.JWKSNoMatchingKey)
          throw new KeysUnavailable("The key is not known", { cause: error });
        throw error;
      });
  };
  return async (header, token) => {
    const known = performance.now() < askAgainAt ? lastKnown() : undefined;
    if (known) return known(header, token);
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      const last = lastKnown();
      if (!last) throw new KeysUnavailable("The issuer's keys cannot be fetched", { cause: error });
      // An issuer that is silent would cost each request the whole timeout.
      askAgainAt = performance.now() + restMs;
      return last(header, token);
    }
  };
}

/** @throws PublicError UNAUTHENTICATED for a bad token, SERVICE_UNAVAILABLE when it cannot be checked */
export function createTokenVerifier(rules: TokenRules, logger: Logger): VerifyToken {
  const { jwksUrl, issuer, audience, keysCacheMs } = rules;
  const keys = jwksUrl === undefined ? undefined : issuerKeys(jwksUrl, keysCacheMs);
  return async (token) => {
    if (!keys) throw refuseToken("TOKEN_NOT_ACCEPTED", "Access tokens are not accepted here.");
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: [accessTokenAlgorithm],
        issuer,
        audience,
        typ: accessTokenType,
        requiredClaims: ["exp", "iat", "sub", "jti"],
      });
      return claimsSchema.parse(payload) as VerifiedClaims;
    } catch (error) {
      if (error instanceof KeysUnavailable) {
        logger.error({ error: String(error.cause) }, "Access tokens cannot be verified");
        throw serviceUnavailable("Access tokens cannot be verified at the moment; try again.");
      }
      throw refuseToken(
        reasonOf(error),
        error instanceof errors.JWTExpired
          ? "The access token has expired: refresh it or sign in again."
          : "The access token is not valid: sign in again.",
      );
    }
  };
}

function bearerToken({ authorization }: IncomingHttpHeaders): string | undefined {
  if (authorization === undefined) return undefined;
  const [, token] = /^Bearer ([^\s]+)$/i.exec(authorization) ?? [];
  // Not downgraded to anonymous: the caller believes to be signed in.
  if (token === undefined)
    throw refuseToken("TOKEN_MALFORMED", "Send the access token as `Authorization: Bearer <token>`.");
  return token;
}

export interface IdentifyOptions {
  /** Undefined treats everybody as anonymous. */
  verify: VerifyToken | undefined;
  /** Undefined believes a valid token until it ends. */
  checkSession?: CheckSession | undefined;
  /** Undefined ignores API keys. */
  verifyApiKey?: VerifyApiKey | undefined;
  addressOf: AddressOf;
  /** Undefined puts everybody into one tenant. */
  tenants: TenantRules | undefined;
  /** The tenant of everybody when tenants are not looked at. */
  onlyTenant: string;
}

const at = (address: string | undefined, viewer: Viewer): Viewer =>
  address === undefined ? viewer : { ...viewer, address };

/** @throws PublicError UNAUTHENTICATED, SERVICE_UNAVAILABLE, or BAD_USER_INPUT for the tenant */
export function createIdentify(options: IdentifyOptions): Identify {
  const { verify, checkSession, verifyApiKey, addressOf, tenants, onlyTenant } = options;
  const tenantIn = (headers: IncomingHttpHeaders, verified?: string) =>
    tenants ? tenantOf(tenants, headers, verified) : (verified ?? onlyTenant);

  const holderOf = async (verified: Promise<VerifiedClaims>, headers: IncomingHttpHeaders): Promise<Viewer> => {
    const claims = await verified;
    const tenantId = tenantIn(headers, claims.tid);
    const { sub: userId, sid: sessionId, cid: companyId, role, iat: issuedAt } = claims;
    await checkSession?.({ tenantId, userId, sessionId, issuedAt }).catch((error: unknown) => {
      throw heldBy(error, { tenantId, role, userId, sessionId });
    });
    const scopes = claims.scope.split(" ").filter(Boolean);
    return { tenantId, role, userId, companyId, sessionId, scopes };
  };

  const identify = (headers: IncomingHttpHeaders, address: string | undefined): PromiseOrValue<Viewer> => {
    const key = verifyApiKey && apiKeyIn(headers);
    if (verifyApiKey && key !== undefined) {
      return whenDone(verifyApiKey(key, address), (partner) => ({
        ...partner,
        tenantId: tenantIn(headers, partner.tenantId),
      }));
    }
    const token = verify && bearerToken(headers);
    if (!verify || token === undefined) return anonymousViewer(tenantIn(headers));
    return holderOf(verify(token), headers);
  };

  return (caller) => {
    const address = addressOf(caller);
    const viewer = identify(caller.headers, address);
    return viewer instanceof Promise ? viewer.then((known) => at(address, known)) : at(address, viewer);
  };
}
