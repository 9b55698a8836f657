// Why an access token was refused, for the audit log: its sender is told less.
import { type PublicError, unauthenticated } from "@tradegraph/kit/errors";
import { type Viewer } from "@tradegraph/kit/viewer";
import { errors } from "jose";

/** Whose token it is, once its signature and session are known. */
export type TokenHolder = Pick<Viewer, "tenantId" | "role" | "userId" | "sessionId">;

export interface TokenRefusal {
  /** Such as `TOKEN_EXPIRED`. */
  reason: string;
  holder?: TokenHolder;
}

const refusals = new WeakMap<Error, TokenRefusal>();

/** The error that the sender is told, with the reason beside it. */
export function refuseToken(reason: string, message: string): PublicError {
  const error = unauthenticated(message);
  refusals.set(error, { reason });
  return error;
}

/** Notes whose token was refused. @returns the error itself, to throw on */
export function heldBy(error: unknown, holder: TokenHolder): unknown {
  const refusal = tokenRefusalOf(error);
  if (refusal) refusal.holder = holder;
  return error;
}

/** What is behind an error that clients only know as 401; undefined for errors that are about no token. */
export const tokenRefusalOf = (error: unknown): TokenRefusal | undefined =>
  error instanceof Error ? refusals.get(error) : undefined;

const claims: Readonly<Record<string, string>> = { aud: "TOKEN_AUDIENCE", iss: "TOKEN_ISSUER", typ: "TOKEN_TYPE" };

/** The reason of an error that came of verifying a token. */
export function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "TOKEN_EXPIRED";
  if (error instanceof errors.JWTClaimValidationFailed) return claims[error.claim] ?? "TOKEN_CLAIMS";
  if (error instanceof errors.JOSEAlgNotAllowed) return "TOKEN_ALGORITHM";
  if (error instanceof errors.JWKSNoMatchingKey) return "TOKEN_KEY";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "TOKEN_SIGNATURE";
  return error instanceof errors.JOSEError ? "TOKEN_MALFORMED" : "TOKEN_CLAIMS";
}
