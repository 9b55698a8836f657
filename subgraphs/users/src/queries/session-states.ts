import { badUserInput } from "@tradegraph/kit/errors";
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { Types } from "mongoose";
import { type Models } from "../models.ts";
import { type SessionDocument } from "../models/session.ts";
import { type UserDocument } from "../models/user.ts";
import { isOutlived } from "../sessions-valid-from.ts";

export interface SessionStateRecord {
  id: string;
  isActive: boolean;
  notBefore: number;
}

const mostStates = 1_000;

/**
 * Whether access tokens of sessions count, in the order of the ids. A session that does not exist has ended: it was
 * removed long after its last token, or never was. One that its account has outlived has ended as well, also when whoever
 * changed the account did not come to ending it.
 *
 * @throws PublicError BAD_USER_INPUT for no ids or too many
 */
export async function readSessionStates(models: Models, ids: readonly string[]): Promise<SessionStateRecord[]> {
  if (ids.length < 1 || ids.length > mostStates) throw badUserInput(`Name 1 to ${mostStates} sessions.`, ["ids"]);
  const known = ids.filter(isObjectIdText).map((id) => new Types.ObjectId(id));
  const wanted = { userId: 1, validFrom: 1, revokedAt: 1, notBefore: 1 };
  const sessions = await models.Session.find({ _id: { $in: known } }, wanted).lean<SessionRecord[]>();
  const alive = await withoutOutlived(
    models,
    sessions.filter(({ revokedAt }) => !revokedAt),
  );
  const byId = new Map(alive.map((session) => [session._id.toHexString(), session]));
  return ids.map((id) => ({ id, isActive: byId.has(id), notBefore: byId.get(id)?.notBefore ?? 0 }));
}

type SessionRecord = Pick<SessionDocument, "_id" | "userId" | "validFrom" | "revokedAt" | "notBefore">;

async function withoutOutlived(models: Models, sessions: readonly SessionRecord[]): Promise<SessionRecord[]> {
  if (sessions.length === 0) return [];
  const userIds = sessions.map(({ userId }) => userId);
  const users = await models.User.find(
    { _id: { $in: userIds }, isActive: true },
    { sessionsValidFrom: 1, tokensNotBefore: 1 },
  )
    .hint({ _id: 1 })
    .lean<Pick<UserDocument, "_id" | "sessionsValidFrom" | "tokensNotBefore">[]>();
  const byId = new Map(users.map((user) => [user._id.toHexString(), user]));
  return sessions.flatMap((session) => {
    const user = byId.get(session.userId.toHexString());
    if (!user || isOutlived(session, user)) return [];
    return { ...session, notBefore: Math.max(session.notBefore, user.tokensNotBefore ?? 0) };
  });
}
