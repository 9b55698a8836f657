// What there is about one person, whoever asks: read for the export.
import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type AuditEntryDocument, listIndexes } from "../models/audit-entry.ts";
import { type InvitationDocument } from "../models/invitation.ts";
import { type MembershipDocument, mostMemberships } from "../models/membership.ts";
import { type SessionDocument } from "../models/session.ts";
import { type OneTimeTokenDocument } from "../models/one-time-token.ts";
import { type UserDocument } from "../models/user.ts";

export const findPerson = (models: Models, _id: Types.ObjectId): Promise<UserDocument | null> =>
  models.User.findOne({ _id }, { outbox: 0 }).lean<UserDocument>().exec();

/** Where the person is or was signed in. */
export function listPersonSessions(
  models: Models,
  userId: Types.ObjectId,
  args: ConnectionArguments,
): Promise<Connection<SessionDocument>> {
  const hint = { tenantId: 1, userId: 1, _id: 1 } as const;
  return readConnection(
    { args, sort: { path: "_id", direction: 1 }, filter: { userId } },
    ({ filter, sort, limit }) =>
      models.Session.find(filter, { tokenHash: 0, spent: 0, previous: 0, outbox: 0 })
        .sort(sort)
        .limit(limit)
        .hint(hint)
        .lean<SessionDocument[]>(),
    (most) => models.Session.countDocuments({ userId }, { limit: most, hint }),
  );
}

export const listPersonMemberships = (models: Models, userId: Types.ObjectId): Promise<MembershipDocument[]> =>
  models.Membership.find({ userId }, { outbox: 0 })
    .hint({ tenantId: 1, userId: 1, companyId: 1 })
    .limit(mostMemberships)
    .lean<MembershipDocument[]>()
    .exec();

/** Far more than `attemptLimits` lets anybody be sent before they end. */
const mostLinks = 1_000;

/** Links that were sent to the person, without what lets somebody in. */
export const listPersonLinks = (models: Models, userId: Types.ObjectId): Promise<OneTimeTokenDocument[]> =>
  models.OneTimeToken.find({ userId }, { tokenHash: 0, emailHash: 0 })
    .hint({ tenantId: 1, userId: 1, purpose: 1, _id: 1 })
    .limit(mostLinks)
    .lean<OneTimeTokenDocument[]>()
    .exec();

/** Invitations to an address, accepted or not. */
export function listInvitationsTo(
  models: Models,
  emailLower: string,
  args: ConnectionArguments,
): Promise<Connection<InvitationDocument>> {
  const hint = { tenantId: 1, emailLower: 1, _id: 1 } as const;
  return readConnection(
    { args, sort: { path: "_id", direction: 1 }, filter: { emailLower } },
    ({ filter, sort, limit }) =>
      models.Invitation.find(filter, { tokenHash: 0, outbox: 0 })
        .sort(sort)
        .limit(limit)
        .hint(hint)
        .lean<InvitationDocument[]>(),
    (most) => models.Invitation.countDocuments({ emailLower }, { limit: most, hint }),
  );
}

/** The audit log about a person: what they did, or what was done to their account. */
export function listPersonAudit(
  models: Models,
  filter: { "actor.userId": string } | { "subject.id": string },
  args: ConnectionArguments,
): Promise<Connection<AuditEntryDocument>> {
  const hint = "subject.id" in filter ? listIndexes.subject : listIndexes.user;
  return readConnection(
    { args, sort: { path: "at", direction: 1 }, filter },
    (page) =>
      models.AuditEntry.find(page.filter).sort(page.sort).limit(page.limit).hint(hint).lean<AuditEntryDocument[]>(),
    (most) => models.AuditEntry.countDocuments(filter, { limit: most, hint }),
  );
}
