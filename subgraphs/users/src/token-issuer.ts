// Access tokens: made here, verified once by the gateway with the public keys that are published as JWKS.
import { createPublicKey, type KeyObject, randomUUID } from "node:crypto";
import { type AccessTokenClaims, accessTokenAlgorithm, accessTokenType } from "@tradegraph/kit/access-token";
import { type JwtKey, publishedKeys, rsaKey, signingKey } from "@tradegraph/kit/key-ring";
import { type Viewer } from "@tradegraph/kit/viewer";
import { calculateJwkThumbprint, exportJWK, type JSONWebKeySet, type JWK, SignJWT } from "jose";
import { type StoredUserRole } from "./enums.ts";

export interface TokenSettings {
  /** As they are at this moment; see key-ring.ts. */
  keys: () => readonly JwtKey[];
  issuer: string;
  audience: string;
  lifetimeSeconds: number;
  /** Of refresh tokens. */
  refreshLifetimeSeconds: number;
  clock?: () => Date;
}

/** Somebody with an account, as a token says it. */
export type SignedInViewer = Viewer & { userId: string; role: StoredUserRole; sessionId: string };

export interface AccessToken {
  accessToken: string;
  expiresAt: Date;
}

export interface TokenIssuer {
  /** @param issuedAt `iat` in seconds, as the session has it. @throws Error when no key signs at this moment */
  issue: (viewer: SignedInViewer, issuedAt: number) => Promise<AccessToken>;
  /** Public parts only, of keys to come too. */
  jwks: () => Promise<JSONWebKeySet>;
  lifetimeSeconds: number;
  refreshLifetimeSeconds: number;
}

/** A ring that stays as it is while the program runs, from a setting: `signing` signs, the others are only known. */
export async function fixedRing(signing: KeyObject, ...others: KeyObject[]): Promise<() => readonly JwtKey[]> {
  // Of keys that begin together the last one signs.
  const keys = await Promise.all(
    [...others, signing].map(async (key) => ({
      kid: await kidOf(key),
      pem: key.export({ type: "pkcs8", format: "pem" }).toString(),
      notBefore: new Date(0),
    })),
  );
  return () => keys;
}

/** RFC 7638: the name follows from the key, so every instance gives the same one. */
export const kidOf = async (key: KeyObject): Promise<string> =>
  calculateJwkThumbprint(await exportJWK(createPublicKey(key)));

export function createTokenIssuer(settings: TokenSettings): TokenIssuer {
  const { keys, issuer, audience, lifetimeSeconds, refreshLifetimeSeconds, clock = () => new Date() } = settings;
  const { privateKeyOf, publicJwkOf } = createParsedKeys();
  return {
    lifetimeSeconds,
    refreshLifetimeSeconds,
    jwks: async () => ({ keys: await Promise.all(publishedKeys(keys(), clock()).map(publicJwkOf)) }),
    async issue({ userId, tenantId, role, scopes, companyId, sessionId }, issuedAt) {
      const key = signingKey(keys(), clock());
      if (!key) throw new Error("No key signs access tokens at this moment: look at `pnpm keys jwt list`.");
      const claims: AccessTokenClaims = {
        sub: userId,
        tid: tenantId,
        sid: sessionId,
        role,
        scope: scopes.join(" "),
        ...(companyId !== undefined && { cid: companyId }),
      };
      const accessToken = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: accessTokenAlgorithm, typ: accessTokenType, kid: key.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .setJti(randomUUID())
        .sign(privateKeyOf(key));
      return { accessToken, expiresAt: new Date((issuedAt + lifetimeSeconds) * 1_000) };
    },
  };
}

/** Reading PEM takes longer than signing, so each key is read once. */
function createParsedKeys() {
  const privateKeys = new WeakMap<JwtKey, KeyObject>();
  const publicJwks = new WeakMap<JwtKey, Promise<JWK>>();
  const privateKeyOf = (key: JwtKey): KeyObject => {
    const parsed = privateKeys.get(key) ?? rsaKey(key.pem);
    if (!parsed) throw new Error("The key ring let a wrong key pass.");
    privateKeys.set(key, parsed);
    return parsed;
  };
  const publicJwkOf = (key: JwtKey): Promise<JWK> => {
    const known =
      publicJwks.get(key) ??
      exportJWK(createPublicKey(privateKeyOf(key))).then((jwk) => {
        return { ...jwk, kid: key.kid, alg: accessTokenAlgorithm, use: "sig" };
      });
    publicJwks.set(key, known);
    return known;
  };
  return { privateKeyOf, publicJwkOf };
}
