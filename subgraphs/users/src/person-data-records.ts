// How a person's records read in the export. Fields are named one by one: one that is added to a model is not given out
// before somebody has thought of it. Hashes of passwords and tokens, and what only our programs need, are not among them.
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type Types } from "mongoose";
import { type AuditEntryDocument } from "./models/audit-entry.ts";
import { type InvitationDocument } from "./models/invitation.ts";
import { type MembershipDocument } from "./models/membership.ts";
import { type OneTimeTokenDocument } from "./models/one-time-token.ts";
import { sealedPlaces } from "./models/sealed-places.ts";
import { type SessionDocument } from "./models/session.ts";
import { type UserDocument } from "./models/user.ts";
import { openAddress } from "./sealed-address.ts";

export async function profile(cipher: FieldCipher, user: UserDocument): Promise<object> {
  const { _id, email, firstName, lastName, role, staffScopes, company, phone, address, sellerProfile } = user;
  const { isActive, emailVerifiedAt, lastLogin, createdAt, updatedAt, erasedAt } = user;
  return {
    ...{ id: _id, email, firstName, lastName, role, staffScopes, company, sellerProfile },
    ...{ isActive, emailVerifiedAt, lastLogin, createdAt, updatedAt, erasedAt },
    ...(phone && { phone: await cipher.open(phone, sealedPlaces.phone) }),
    ...(address && { address: await openAddress(cipher, address, sealedPlaces.userStreet) }),
  };
}

export const session = ({ _id, companyId, address, createdAt, lastUsedAt, expiresAt, ...ended }: SessionDocument) => ({
  ...{ id: _id, companyId, address, createdAt, lastUsedAt, expiresAt },
  ...{ revokedAt: ended.revokedAt, revokedReason: ended.revokedReason },
});

export const membership = (document: MembershipDocument) => {
  const { _id, companyId, role, spendingLimit, spendingPeriod, createdAt } = document;
  return { id: _id, companyId, role, spendingLimit, spendingPeriod, createdAt };
};

export const link = ({ purpose, createdAt, expiresAt, usedAt }: OneTimeTokenDocument) => ({
  ...{ purpose, createdAt, expiresAt, usedAt },
});

export const invitation = (document: InvitationDocument) => {
  const { _id, companyId, email, role, createdAt, expiresAt, acceptedAt, revokedAt } = document;
  return { id: _id, companyId, email, role, createdAt, expiresAt, acceptedAt, revokedAt };
};

/** Of others who acted only the role: who they are and where they were is their own affair. */
export const auditEntry = (userId: Types.ObjectId) => (entry: AuditEntryDocument) => {
  const { at, category, action, outcome, source, subject, operation, entityTypes, code, changes, count, actor } = entry;
  const isOwn = actor.userId === userId.toHexString();
  return {
    ...{ at, category, action, outcome, source, subject, operation, entityTypes, code, changes, count },
    actor: isOwn ? actor : { role: actor.role },
  };
};
