/**
 * Claims of an access token, a JWT signed with RS256 by users and verified once, by the gateway (SEC-1). Header `typ` is
 * `at+jwt` (RFC 9068); `iss`, `aud`, `exp`, `iat` and `jti` are checked by the library.
 */
export interface AccessTokenClaims {
  /** User id, ObjectId hex. */
  sub: string;
  /** Tenant. */
  tid: string;
  /** Session that the token belongs to, ObjectId hex; when it ends, so does the token. */
  sid: string;
  role: "customer" | "supplier" | "admin";
  /** Scopes joined by blanks, as OAuth writes them. */
  scope: string;
  /** Company the session acts for, ObjectId hex. */
  cid?: string;
}

export const accessTokenType = "at+jwt";
export const accessTokenAlgorithm = "RS256";

/** Where users publishes its public keys. */
export const jwksPath = "/.well-known/jwks.json";
