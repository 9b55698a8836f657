import { actorOf } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { type PasswordChangeInput } from "../generated/resolvers.ts";
import { originOf, refused, signIn, type SignInResult, type SignInTools } from "../sign-in.ts";
import { invalidInput, tooManyAttempts } from "../user-errors.ts";
import { accountChangedMeanwhile, type AccountTools, ownAccount } from "./account-tools.ts";
import { passwordError } from "./check-password.ts";
import { verifyIn } from "./login.ts";
import { setPassword } from "./password-set.ts";
import { recordSecurity } from "./record-security.ts";
import { reserveAttempt } from "./reserve-attempt.ts";

/**
 * Changes the viewer's password. All sessions end, this one too, because somebody else may have its tokens; the answer
 * has those of a new one. Wrong current passwords are
 * counted apart from those of sign-ins, which strangers try.
 *
 * @throws PublicError UNAUTHENTICATED for a closed account, CONFLICT when the password changed meanwhile,
 * SERVICE_UNAVAILABLE when too many sign in at once
 */
export async function passwordChange(
  tools: AccountTools & SignInTools,
  { currentPassword, newPassword }: PasswordChangeInput,
): Promise<SignInResult> {
  const { models, passwords, viewer } = tools;
  const user = await ownAccount(models, viewer);
  if (newPassword === currentPassword)
    return refused(invalidInput("newPassword", "Choose another password than the one until now."));
  const attempter = { account: user._id.toHexString(), address: viewer.address };
  const wanted = { password: newPassword, owner: user, field: "newPassword" };
  const problem = await passwordError(models, attempter, wanted);
  if (problem) return refused(problem);
  const attempt = await reserveAttempt(models, "password-change", attempter);
  if (attempt.retryAt) return refused(tooManyAttempts(attempt.retryAt, "input"));
  if (!(await verifyIn(attempt, passwords, user.passwordHash, currentPassword))) {
    await attempt.fail();
    const actor = actorOf(viewer, tools.requestId);
    const subject = { type: "User", id: user._id.toHexString() };
    await recordSecurity(models, { action: "passwordChange.refused", outcome: "refused", actor, subject });
    return refused(invalidInput("currentPassword", "This is not your password."));
  }
  await attempt.succeed();
  const passwordHash = await passwords.hash(newPassword);
  const changed = await setPassword(tools, user, passwordHash, "user.passwordChanged");
  if (!changed) throw accountChangedMeanwhile();
  const companyId = viewer.companyId === undefined ? undefined : new Types.ObjectId(viewer.companyId);
  return signIn(tools, changed, companyId && { companyId }, originOf(tools));
}
