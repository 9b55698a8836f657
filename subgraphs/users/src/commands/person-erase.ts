import { randomBytes } from "node:crypto";
import { conflict, notFound } from "@tradegraph/kit/errors";
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type Actor, outboxEntry } from "@tradegraph/kit/outbox";
import { currentTenant } from "@tradegraph/kit/tenancy";
import { type Types } from "mongoose";
import { type UserDocument } from "../models/user.ts";
import { type Passwords } from "../password.ts";
import { nextSessionsValidFrom } from "../sessions-valid-from.ts";
import { accountChangedMeanwhile, changeAccount } from "./account-tools.ts";
import { endSessions, type SessionTools } from "./end-sessions.ts";
import { type Leaving, leaveAdministrators, stayAdministrator } from "./leave-administrators.ts";
import { type AddressCounts, eraseByAddress } from "./person-erase-address.ts";
import { eraseMemberships } from "./person-erase-memberships.ts";
import { pseudonymisePerson } from "./pseudonymise-person.ts";

export interface EraseTools extends SessionTools {
  cipher: FieldCipher;
  passwords: Passwords;
  actor: Actor;
}

/** Instead of a name. */
export const erasedName = "erased";

/** Nobody can have it: `.invalid` is no domain (RFC 2606). Random, so that nobody can take it before. */
const erasedEmail = () => `erased-${randomBytes(12).toString("hex")}@erased.invalid`;

/**
 * Takes a person out of this subgraph: the account is closed, its sessions end, its address is free for another account.
 * What is left of it is an id and a role, so that orders still belong to somebody. Repeating it finishes what was cut off.
 *
 * @returns how many of what were changed or removed
 * @throws PublicError NOT_FOUND, CONFLICT for the last administrator
 */
export async function personErase(tools: EraseTools, userId: Types.ObjectId): Promise<Record<string, number>> {
  const { models, actor } = tools;
  const user = await models.User.findOne({ _id: userId }).lean<UserDocument>();
  if (!user) throw notFound("There is no such person.");
  const account = await tools.sessionTags.whileChanging(currentTenant(), userId.toHexString(), async () => ({
    ...(user.erasedAt ? { account: 0 } : await closeAccount(tools, user)),
    sessionsEnded: await endSessions(tools, userId, { reason: "person erased", actor }),
  }));
  const sessions = await models.Session.updateMany(
    { userId, address: { $exists: true } },
    { $unset: { address: true } },
    { timestamps: false, hint: { tenantId: 1, userId: 1, _id: 1 } },
  );
  return {
    ...{ ...account, sessions: sessions.modifiedCount },
    memberships: await eraseMemberships(tools, userId),
    links: (await models.OneTimeToken.deleteMany({ userId })).deletedCount,
    auditEntries: await pseudonymisePerson(models, userId.toHexString()),
  };
}

async function closeAccount(tools: EraseTools, user: UserDocument): Promise<AddressCounts & { account: number }> {
  const { models, cipher, actor } = tools;
  const leaving = await leaveAdministrators(models, user);
  if (!leaving) throw conflict("This is the last administrator; make somebody else one first.");
  const email = erasedEmail();
  const byAddress = () => eraseByAddress({ models, cipher, actor }, user, email);
  try {
    // What is found by the address goes first: should this be cut off once the account is erased, nobody knows it any more.
    const first = await byAddress();
    const account = await eraseAccount(tools, user, email, leaving);
    // And what came until then.
    const late = await byAddress();
    const counts = Object.entries(first).map(([name, count]) => [name, count + late[name as keyof AddressCounts]]);
    return { account, ...(Object.fromEntries(counts) as unknown as AddressCounts) };
  } catch (error) {
    await stayAdministrator(models, user, leaving);
    throw error;
  }
}

async function eraseAccount(
  { models, passwords, actor }: EraseTools,
  user: UserDocument,
  email: string,
  leaving: Leaving,
): Promise<number> {
  const { _id, version } = user;
  const $set = {
    ...{ email, emailLower: email, firstName: erasedName, lastName: erasedName },
    ...{ isActive: false, erasedAt: new Date(), sessionsValidFrom: nextSessionsValidFrom(user) },
    passwordHash: await passwords.hash(randomBytes(32).toString("base64url")),
  };
  const $unset = {
    ...({ phone: true, address: true, company: true, sellerProfile: true, lastLogin: true } as const),
    ...({ emailVerifiedAt: true, leavingUntil: true } as const),
  };
  const event = outboxEntry("person.erased", actor);
  if (await changeAccount(models, { _id, version, ...leaving }, { $set, $unset }, event)) return 1;
  // Of two who erase at once one does it.
  if (await models.User.exists({ _id, erasedAt: { $exists: true } })) return 0;
  throw accountChangedMeanwhile();
}
