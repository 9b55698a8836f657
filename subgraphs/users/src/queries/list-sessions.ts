import { type Viewer } from "@tradegraph/kit/viewer";
import { type Models } from "../models.ts";
import { mostSessions, type SessionDocument } from "../models/session.ts";

/** Where the viewer is signed in, latest first. */
export async function listSessions(models: Models, { userId }: Viewer, now = new Date()): Promise<SessionDocument[]> {
  if (userId === undefined) return [];
  const sessions = await models.Session.find({ userId, revokedAt: null })
    .sort({ lastUsedAt: -1, _id: -1 })
    .limit(mostSessions)
    .hint({ tenantId: 1, userId: 1, revokedAt: 1, lastUsedAt: -1, _id: -1 })
    .lean<SessionDocument[]>();
  return sessions.filter(({ expiresAt }) => expiresAt > now);
}
