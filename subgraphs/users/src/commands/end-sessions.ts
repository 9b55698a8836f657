// What takes effect on tokens that are out already. Every change that must not wait for an access token to end calls one
// of these, after it has written its own change: see the functions.
import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type SessionTags } from "@tradegraph/kit/session-tag";
import { currentTenant } from "@tradegraph/kit/tenancy";
import { Types } from "mongoose";
import { type Models } from "../models.ts";
import { type SessionDocument } from "../models/session.ts";

export interface SessionTools {
  models: Models;
  sessionTags: SessionTags;
}

export interface EndOptions {
  /** For the audit log, such as `password changed`. */
  reason: string;
  /** Id of a session that goes on. */
  except?: string | undefined;
  /** Ids of the only sessions to end. */
  only?: readonly string[] | undefined;
  actor: Actor;
}

/** More than a user can have; sign-ins that run at this moment may go beyond the limit for a moment. */
const mostAtOnce = 200;

/**
 * Changes an account and ends its sessions. The change must set `sessionsValidFrom`: then they are over with it, whatever
 * becomes of this program afterwards.
 *
 * @param change of the account; when it comes to nothing (undefined), no session ends
 */
export function endSessionsWith<T>(
  tools: SessionTools,
  userId: Types.ObjectId,
  options: EndOptions,
  change: () => Promise<T | undefined>,
): Promise<T | undefined> {
  return tools.sessionTags.whileChanging(currentTenant(), userId.toHexString(), async () => {
    const changed = await change();
    if (changed !== undefined) await writeEnds(tools.models, userId, options);
    return changed;
  });
}

/**
 * Ends sessions of a user: their access tokens are refused from the moment this resolves, their refresh tokens as well.
 * Repeating it does no harm.
 *
 * @returns how many were ended
 */
export function endSessions(tools: SessionTools, userId: Types.ObjectId, options: EndOptions): Promise<number> {
  return tools.sessionTags.whileChanging(currentTenant(), userId.toHexString(), () =>
    writeEnds(tools.models, userId, options),
  );
}

async function writeEnds(models: Models, userId: Types.ObjectId, options: EndOptions): Promise<number> {
  const { reason, except, only, actor } = options;
  const chosen = {
    ...(except !== undefined && { $ne: new Types.ObjectId(except) }),
    ...(only !== undefined && { $in: only.map((id) => new Types.ObjectId(id)) }),
  };
  const filter = { userId, revokedAt: null, ...(Object.keys(chosen).length > 0 && { _id: chosen }) };
  const found = await models.Session.find(filter, { _id: 1 }).limit(mostAtOnce).lean<Pick<SessionDocument, "_id">[]>();
  if (found.length === 0) return 0;
  const revokedAt = new Date();
  const operations = found.map(({ _id }) => {
    const { $push, $set } = pushOutbox(outboxEntry("session.ended", actor, { reason }));
    const update = { $set: { revokedAt, revokedReason: reason, ...$set }, $push };
    return { updateOne: { filter: { _id, revokedAt: null }, update } };
  });
  return (await models.Session.bulkWrite(operations, { ordered: false })).modifiedCount;
}

/**
 * Makes every access token of a user that is out already useless, so that clients refresh: what a token says (role,
 * scopes, company) has changed. Write the change first; tokens made after it say the new.
 */
export function outdateSessions({ models, sessionTags }: SessionTools, userId: Types.ObjectId): Promise<void> {
  return sessionTags.whileChanging(currentTenant(), userId.toHexString(), () => writeOutdated(models, userId));
}

/**
 * Changes what tokens say of a user, and outdates those that are out.
 *
 * @param change when it comes to nothing (undefined), no token is outdated
 */
export function outdateSessionsWith<T>(
  { models, sessionTags }: SessionTools,
  userId: Types.ObjectId,
  change: () => Promise<T | undefined>,
): Promise<T | undefined> {
  return sessionTags.whileChanging(currentTenant(), userId.toHexString(), async () => {
    const changed = await change();
    if (changed !== undefined) await writeOutdated(models, userId);
    return changed;
  });
}

async function writeOutdated(models: Models, userId: Types.ObjectId): Promise<void> {
  const alive = { userId, revokedAt: null };
  const now = Math.ceil(Date.now() / 1_000);
  await models.Session.updateMany({ ...alive, issuedAt: { $lt: now } }, { $max: { notBefore: now } });
  // Issued in this second, or by a program whose clock is ahead: one by one, past exactly what was issued.
  for (let round = 0; round < 5; round += 1) {
    const ahead = await models.Session.find({ ...alive, issuedAt: { $gte: now } }, { issuedAt: 1, notBefore: 1 })
      .limit(mostAtOnce)
      .lean<Pick<SessionDocument, "_id" | "issuedAt" | "notBefore">[]>();
    const left = ahead.filter(({ issuedAt, notBefore }) => issuedAt >= notBefore);
    if (left.length === 0) break;
    await models.Session.bulkWrite(
      left.map(({ _id, issuedAt }) => ({
        updateOne: { filter: { _id, issuedAt }, update: { $max: { notBefore: issuedAt + 1 } } },
      })),
      { ordered: false },
    );
  }
}
