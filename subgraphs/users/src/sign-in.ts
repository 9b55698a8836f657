// What login and registration end with: a session, its tokens, and the person as whom the rest of the request goes on.
import { type SessionTags } from "@tradegraph/kit/session-tag";
import { type Viewer } from "@tradegraph/kit/viewer";
import { endSessions } from "./commands/end-sessions.ts";
import { type Origin, startSession } from "./commands/session-start.ts";
import { tokenScopes } from "./company-permissions.ts";
import { type Models } from "./models.ts";
import { type MembershipDocument } from "./models/membership.ts";
import { type SessionDocument } from "./models/session.ts";
import { type UserDocument } from "./models/user.ts";
import { type Passwords } from "./password.ts";
import { readSessionHolder } from "./queries/session-holder.ts";
import { type AccessToken, type SignedInViewer, type TokenIssuer } from "./token-issuer.ts";
import { invalidCredentials, type UserErrorRecord } from "./user-errors.ts";

/** What signing in works with. */
export interface SignInTools {
  models: Models;
  passwords: Passwords;
  tokens: TokenIssuer;
  sessionTags: SessionTags;
}

export interface SignInResult extends Partial<AccessToken> {
  refreshToken?: string;
  refreshExpiresAt?: Date;
  /** Absent when there are errors. */
  viewer?: SignedInViewer;
  userErrors: UserErrorRecord[];
}

export const refused = (...userErrors: UserErrorRecord[]): SignInResult => ({ userErrors });

/** Where a request comes from. */
export const originOf = ({ viewer, requestId }: { viewer: Viewer; requestId: string }): Origin => ({
  address: viewer.address,
  requestId,
});

/**
 * Begins a session for somebody who has proved to be this user.
 *
 * @param user as it was when the proof was checked: a password changed since then refuses
 * @param membership the company the session acts for
 */
export async function signIn(
  tools: SignInTools,
  user: Pick<UserDocument, "_id" | "tenantId" | "role" | "sessionsValidFrom">,
  membership?: Pick<MembershipDocument, "companyId">,
  origin: Origin = {},
): Promise<SignInResult> {
  const { session, refreshToken } = await startSession(tools, user, membership?.companyId, origin);
  // Whoever closes the account or changes the password now finds the session and ends it; who was before us is seen here.
  const result = await tokensOf(tools, session, refreshToken, origin);
  return result ?? refused(invalidCredentials());
}

/**
 * Tokens that say what is true now. Read after the session was written, so that a change of role or membership either is
 * in the token or makes it outdated.
 *
 * @returns undefined when the account does not count any more; the session is ended then
 */
export async function tokensOf(
  tools: SignInTools,
  session: SessionDocument,
  refreshToken: string,
  origin: Origin,
): Promise<SignInResult | undefined> {
  const { user, actingFor } = await readSessionHolder(tools.models, session);
  if (!user) {
    const actor = { role: "service" as const };
    await endSessions(tools, session.userId, { reason: "account changed", only: [session._id.toHexString()], actor });
    return undefined;
  }
  const viewer: SignedInViewer = {
    tenantId: session.tenantId,
    role: user.role,
    userId: user._id.toHexString(),
    companyId: actingFor?.companyId.toHexString(),
    sessionId: session._id.toHexString(),
    scopes: tokenScopes(user.role, actingFor, user.staffScopes?.length ? user.staffScopes : undefined),
    address: origin.address,
  };
  const token = await tools.tokens.issue(viewer, await timeOfToken(tools.models, session, user.tokensNotBefore ?? 0));
  return { ...token, viewer, refreshToken, refreshExpiresAt: session.expiresAt, userErrors: [] };
}

/** Not before what the account says: a token with today's role must not count as one with yesterday's. */
async function timeOfToken(models: Models, { _id, issuedAt }: SessionDocument, notBefore: number): Promise<number> {
  if (issuedAt >= notBefore) return issuedAt;
  // Known before the token is made; see outdateSessions().
  await models.Session.updateOne({ _id }, { $max: { issuedAt: notBefore } });
  return notBefore;
}
