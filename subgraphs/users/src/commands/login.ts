import { type Actor, actorOf } from "@tradegraph/kit/outbox";
import { type Viewer } from "@tradegraph/kit/viewer";
import { emailKey } from "../email.ts";
import { type LoginInput } from "../generated/resolvers.ts";
import { type MembershipDocument, oldestFirst } from "../models/membership.ts";
import { type UserDocument } from "../models/user.ts";
import { needsRehash, type Passwords } from "../password.ts";
import { originOf, refused, signIn, type SignInResult, type SignInTools } from "../sign-in.ts";
import { invalidCredentials, invalidInput, tooManyAttempts } from "../user-errors.ts";
import { recordSecurity } from "./record-security.ts";
import { type Attempt, reserveAttempt } from "./reserve-attempt.ts";
import { readActingFor } from "../queries/session-holder.ts";
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { Types } from "mongoose";

export interface LoginTools extends SignInTools {
  viewer: Viewer;
  requestId: string;
}

/**
 * Signs in with e-mail and password. Unknown address, wrong password and closed account give the same answer after the
 * same time, so nobody learns who has an account; after too many wrong tries nobody may try for a while, whether there is
 * an account or not.
 *
 * @throws PublicError SERVICE_UNAVAILABLE when too many sign in at once
 */
export async function login(tools: LoginTools, input: LoginInput): Promise<SignInResult> {
  const { models, viewer } = tools;
  const emailLower = emailKey(input.email);
  const actor = actorOf(viewer, tools.requestId);
  const attempt = await reserveAttempt(models, "sign-in", { account: emailLower, address: viewer.address });
  if (attempt.retryAt) {
    await recordSecurity(models, { action: "login.locked", outcome: "refused", actor, code: "TOO_MANY_ATTEMPTS" });
    return refused(tooManyAttempts(attempt.retryAt, "input"));
  }
  const user = await models.User.findOne({ emailLower }).select("+passwordHash").lean<UserDocument | null>();
  const isRight = await verifyIn(attempt, tools.passwords, user?.passwordHash, input.password);
  if (!user?.isActive || !isRight) return wrongCredentials(tools, attempt, actor, user);

  const membership = await membershipFor(tools, user, input.companyId ?? undefined);
  // The answer proves the password, so it is no way to try one without a trace.
  if (membership === "none of theirs") {
    await refuse(tools, attempt, actor, user, "NOT_A_MEMBER");
    return refused(invalidInput("companyId", "You do not act for this company; leave it out, or name one of yours."));
  }
  const passwordHash = await currentHash(tools.passwords, user.passwordHash, input.password);
  // The filter names what was checked: an account closed, or a password changed, in between does not get in.
  const { matchedCount } = await models.User.updateOne(
    {
      _id: user._id,
      isActive: true,
      passwordHash: user.passwordHash,
      sessionsValidFrom: user.sessionsValidFrom ?? null,
    },
    { $set: { passwordHash }, $max: { lastLogin: new Date() } },
    // Coming in is no change of the account.
    { timestamps: false },
  );
  if (matchedCount === 0) return wrongCredentials(tools, attempt, actor, user);
  await attempt.succeed();
  return signIn(tools, user, membership, originOf(tools));
}

/** The same words and the same work for an account and for none. */
async function wrongCredentials(
  tools: LoginTools,
  attempt: Attempt,
  actor: Actor,
  user: UserDocument | null,
): Promise<SignInResult> {
  await refuse(tools, attempt, actor, user, "INVALID_CREDENTIALS");
  return refused(invalidCredentials());
}

async function refuse(
  { models }: LoginTools,
  attempt: Attempt,
  actor: Actor,
  user: UserDocument | null,
  code: string,
): Promise<void> {
  await attempt.fail();
  const subject = user && { type: "User", id: user._id.toHexString() };
  const event = { action: "login.refused", outcome: "refused" as const, actor, code };
  await recordSecurity(models, { ...event, ...(subject && { subject }) });
}

/** A password that could not be checked, because too many wait, was not tried. */
export async function verifyIn(
  attempt: Attempt,
  passwords: Passwords,
  ...args: Parameters<Passwords["verify"]>
): Promise<boolean> {
  try {
    return await passwords.verify(...args);
  } catch (error) {
    await attempt.release();
    throw error;
  }
}

/** The company to act for: the one that was asked for, or the person's first. */
async function membershipFor(
  { models }: LoginTools,
  { _id: userId }: UserDocument,
  companyId: string | undefined,
): Promise<Pick<MembershipDocument, "companyId"> | undefined | "none of theirs"> {
  if (companyId !== undefined) {
    if (!isObjectIdText(companyId)) return "none of theirs";
    return (await readActingFor(models, userId, new Types.ObjectId(companyId))) ?? "none of theirs";
  }
  const memberships = await models.Membership.find({ userId }).lean<MembershipDocument[]>();
  return memberships.sort(oldestFirst)[0];
}

/** A hash with the costs of today. When everybody is busy the old one does for one more time. */
async function currentHash(passwords: Passwords, passwordHash: string, password: string): Promise<string> {
  if (!needsRehash(passwordHash)) return passwordHash;
  return passwords.hash(password).catch(() => passwordHash);
}
