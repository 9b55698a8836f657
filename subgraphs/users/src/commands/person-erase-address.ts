import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type AnyBulkWriteOperation } from "mongoose";
import { attemptLimits, type LimitedAction } from "../lockout.ts";
import { type Models } from "../models.ts";
import { type InvitationDocument } from "../models/invitation.ts";
import { type UserDocument } from "../models/user.ts";
import { eraseMails } from "./person-erase-mails.ts";
import { forgetAttempts } from "./reserve-attempt.ts";

/** How many of what were changed or removed. */
export interface AddressCounts {
  invitations: number;
  signInAttempts: number;
  mails: number;
}

interface AddressTools {
  models: Models;
  cipher: FieldCipher;
  actor: Actor;
}

const batch = 500;

/** Takes out what is known by a person's e-mail address alone. @param email what stands there instead */
export async function eraseByAddress(tools: AddressTools, user: UserDocument, email: string): Promise<AddressCounts> {
  const { models, cipher } = tools;
  const actions = Object.keys(attemptLimits) as LimitedAction[];
  return {
    invitations: await eraseInvitations(tools, user, email),
    signInAttempts: await forgetAttempts(models, actions, user.emailLower, user._id.toHexString()),
    mails: await eraseMails(models, cipher, user),
  };
}

/** Open ones end: nobody could accept them any more. */
async function eraseInvitations({ models, actor }: AddressTools, { emailLower }: UserDocument, email: string) {
  let erased = 0;
  for (;;) {
    const found = await models.Invitation.find({ emailLower }, { isOpen: 1 })
      .hint({ tenantId: 1, emailLower: 1, _id: 1 })
      .limit(batch)
      .lean<Pick<InvitationDocument, "_id" | "isOpen">[]>();
    if (found.length === 0) return erased;
    const operations = found.map(({ _id, isOpen }) => {
      const type = isOpen ? "companyInvitation.revoked" : "companyInvitation.erased";
      const { $push, $set } = pushOutbox(outboxEntry(type, actor, { changes: ["email"] }));
      const ended = isOpen && { isOpen: false, revokedAt: new Date() };
      const update = { $set: { ...ended, email, emailLower: email, ...$set }, $push, $inc: { version: 1 } };
      return { updateOne: { filter: { _id, emailLower, isOpen }, update } };
    });
    const written = await models.Invitation.bulkWrite(operations as AnyBulkWriteOperation<InvitationDocument>[], {
      ordered: false,
    });
    erased += written.modifiedCount;
  }
}
