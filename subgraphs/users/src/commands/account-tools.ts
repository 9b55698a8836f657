// What commands on accounts work with.
import { conflict, forbidden, notFound, unauthenticated } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type OutboxEntry, actorOf, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type QueryFilter, type Types } from "mongoose";
import { isUnlimited } from "../access.ts";
import { type Models } from "../models.ts";
import { type UserDocument } from "../models/user.ts";
import { type UserErrorRecord } from "../user-errors.ts";
import { type SessionTools } from "./end-sessions.ts";
import { type MailTools } from "./queue-mail.ts";

export interface AccountTools extends MailTools, SessionTools {
  viewer: Viewer;
  requestId: string;
}

/** The account that was changed, or what is wrong. */
export interface AccountResult {
  userId?: Types.ObjectId;
  userErrors: UserErrorRecord[];
}

export const changedAccount = ({ _id }: Pick<UserDocument, "_id">): AccountResult => ({ userId: _id, userErrors: [] });

export const refusedAccount = (...userErrors: UserErrorRecord[]): AccountResult => ({ userErrors });

/** The viewer's own account, with the hash of its password. @throws PublicError UNAUTHENTICATED when there is none */
export async function ownAccount(models: Models, { userId }: Viewer): Promise<UserDocument> {
  const user =
    userId === undefined
      ? null
      : await models.User.findOne({ _id: toObjectId(userId), isActive: true })
          .select("+passwordHash")
          .lean<UserDocument | null>();
  if (!user) throw unauthenticated();
  return user;
}

/** Anybody's account, for staff. @throws PublicError BAD_USER_INPUT for what is no id, NOT_FOUND */
export async function anyAccount(models: Models, id: string): Promise<UserDocument> {
  const user = await models.User.findById(toObjectId(id)).lean<UserDocument | null>();
  if (!user) throw notFound("There is no such user.");
  return user;
}

/** Accounts of staff are closed and opened by who makes people staff. @throws PublicError FORBIDDEN */
export function refuseToLesser(viewer: Viewer, { role }: Pick<UserDocument, "role">): void {
  if (role === "admin" && !isUnlimited(viewer)) throw forbidden("Only administrators do this to an account of staff.");
}

/** An event about an account, by the viewer. @param changes names of changed fields */
export const accountEvent = (
  { viewer, requestId }: Pick<AccountTools, "viewer" | "requestId">,
  type: string,
  changes: readonly string[],
): OutboxEntry => outboxEntry(type, actorOf(viewer, requestId), { changes });

/** Operators of an update, without those that every change of an account has. */
interface AccountChange {
  $set?: Partial<UserDocument>;
  $unset?: Partial<Record<keyof UserDocument, true>>;
}

/**
 * Changes an account as it was read.
 *
 * @returns false when it has changed since then in what the filter names
 */
export async function changeAccount(
  models: Models,
  filter: QueryFilter<UserDocument>,
  { $set, $unset }: AccountChange,
  event: OutboxEntry,
): Promise<boolean> {
  const outbox = pushOutbox(event);
  const { matchedCount } = await models.User.updateOne(filter, {
    $set: { ...$set, ...outbox.$set },
    ...($unset && Object.keys($unset).length > 0 && { $unset }),
    $push: outbox.$push,
    $inc: { version: 1 },
  });
  return matchedCount === 1;
}

export const accountChangedMeanwhile = () =>
  conflict("Somebody changed this account meanwhile; look at it again, then repeat.");
