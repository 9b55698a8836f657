// Access tokens: made here, verified once by the gateway with the public key that is published as JWKS.
import { createPublicKey, type KeyObject, randomUUID } from "node:crypto";
import { type AccessTokenClaims, accessTokenAlgorithm, accessTokenType } from "@tradegraph/kit/access-token";
import { type Viewer } from "@tradegraph/kit/viewer";
import { calculateJwkThumbprint, exportJWK, type JSONWebKeySet, SignJWT } from "jose";
import { type StoredUserRole } from "./enums.ts";

export interface TokenSettings {
  /** RSA. */
  privateKey: KeyObject;
  issuer: string;
  audience: string;
  lifetimeSeconds: number;
}

/** Somebody with an account, as a token says it. */
export type SignedInViewer = Viewer & { userId: string; role: StoredUserRole };

export interface AccessToken {
  accessToken: string;
  expiresAt: Date;
}

export interface TokenIssuer {
  issue: (viewer: SignedInViewer) => Promise<AccessToken>;
  /** Public parts only. */
  jwks: JSONWebKeySet;
}

export async function createTokenIssuer(settings: TokenSettings): Promise<TokenIssuer> {
  const { privateKey, issuer, audience, lifetimeSeconds } = settings;
  const publicJwk = await exportJWK(createPublicKey(privateKey));
  // RFC 7638: the name follows from the key, so every instance gives the same one.
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    jwks: { keys: [{ ...publicJwk, kid, alg: accessTokenAlgorithm, use: "sig" }] },
    async issue({ userId, tenantId, role, scopes, companyId }) {
      const now = Math.floor(Date.now() / 1_000);
      const claims: AccessTokenClaims = {
        sub: userId,
        tid: tenantId,
        role,
        scope: scopes.join(" "),
        ...(companyId !== undefined && { cid: companyId }),
      };
      const accessToken = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: accessTokenAlgorithm, typ: accessTokenType, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimeSeconds)
        .setJti(randomUUID())
        .sign(privateKey);
      return { accessToken, expiresAt: new Date((now + lifetimeSeconds) * 1_000) };
    },
  };
}
