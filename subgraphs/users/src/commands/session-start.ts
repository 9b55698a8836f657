import { type Actor, outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { type SessionTags } from "@tradegraph/kit/session-tag";
import { Types } from "mongoose";
import { type Models } from "../models.ts";
import { mostSessions, type SessionDocument } from "../models/session.ts";
import { type UserDocument } from "../models/user.ts";
import { hashOf, newRefreshToken } from "../refresh-token.ts";
import { type TokenIssuer } from "../token-issuer.ts";
import { endSessions } from "./end-sessions.ts";

/** Where a request comes from, for the audit log. */
export interface Origin {
  address?: string | undefined;
  requestId?: string | undefined;
}

interface SessionStartTools {
  models: Models;
  tokens: Pick<TokenIssuer, "lifetimeSeconds" | "refreshLifetimeSeconds">;
  sessionTags: SessionTags;
}

export interface StartedSession {
  session: SessionDocument;
  refreshToken: string;
}

/** How long an ended session is kept beyond its last token, for clocks that differ: three days. */
const keptMs = 3 * 86_400_000;

/** When the refresh token ends, and when nothing asks for the session any more. */
export function sessionEnds({ lifetimeSeconds, refreshLifetimeSeconds }: SessionStartTools["tokens"], now: Date) {
  const longest = Math.max(lifetimeSeconds, refreshLifetimeSeconds) * 1_000;
  return {
    expiresAt: new Date(now.getTime() + refreshLifetimeSeconds * 1_000),
    removeAt: new Date(now.getTime() + longest + keptMs),
  };
}

/** The actor that somebody who proves to be a user is, before there is a viewer. */
export const actorFrom = (
  user: Pick<UserDocument, "_id" | "role">,
  sessionId: Types.ObjectId,
  { address, requestId }: Origin,
): Actor => ({
  role: user.role,
  userId: user._id.toHexString(),
  sessionId: sessionId.toHexString(),
  ...(address !== undefined && { address }),
  ...(requestId !== undefined && { requestId }),
});

/** Begins a session, for the account as it was when the person proved who they are. Of more than a user may have, those used longest ago end. */
export async function startSession(
  tools: SessionStartTools,
  user: Pick<UserDocument, "_id" | "role" | "sessionsValidFrom">,
  companyId: Types.ObjectId | undefined,
  origin: Origin,
): Promise<StartedSession> {
  const now = new Date();
  const _id = new Types.ObjectId();
  const refreshToken = newRefreshToken(_id.toHexString());
  const actor = actorFrom(user, _id, origin);
  const session = await tools.models.Session.create({
    _id,
    userId: user._id,
    tokenHash: hashOf(refreshToken),
    spent: [],
    ...(companyId && { companyId }),
    ...(user.sessionsValidFrom && { validFrom: user.sessionsValidFrom }),
    ...(origin.address !== undefined && { address: origin.address }),
    lastUsedAt: now,
    issuedAt: Math.floor(now.getTime() / 1_000),
    ...sessionEnds(tools.tokens, now),
    ...withOutbox(outboxEntry("session.started", actor)),
  });
  await endSurplus(tools, user._id, actor);
  return { session: session.toObject(), refreshToken };
}

async function endSurplus(tools: SessionStartTools, userId: Types.ObjectId, actor: Actor): Promise<void> {
  const surplus = await tools.models.Session.find({ userId, revokedAt: null }, { _id: 1 })
    .sort({ lastUsedAt: -1, _id: -1 })
    .skip(mostSessions)
    .limit(mostSessions)
    .hint({ tenantId: 1, userId: 1, revokedAt: 1, lastUsedAt: -1, _id: -1 })
    .lean<Pick<SessionDocument, "_id">[]>();
  if (surplus.length === 0) return;
  const only = surplus.map(({ _id }) => _id.toHexString());
  await endSessions(tools, userId, { reason: "too many sessions", only, actor });
}
