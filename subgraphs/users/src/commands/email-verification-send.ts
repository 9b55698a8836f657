import { actorOf } from "@tradegraph/kit/outbox";
import { tooManyAttempts } from "../user-errors.ts";
import { type AccountResult, type AccountTools, changedAccount, ownAccount } from "./account-tools.ts";
import { queueMail } from "./queue-mail.ts";
import { recordSecurity } from "./record-security.ts";
import { countAttempt } from "./reserve-attempt.ts";

/**
 * Sends the viewer a message whose link proves the e-mail address. There is none to send when it is proved already.
 *
 * @throws PublicError UNAUTHENTICATED for a closed account
 */
export async function emailVerificationSend(tools: AccountTools): Promise<AccountResult> {
  const { models, viewer } = tools;
  const user = await ownAccount(models, viewer);
  if (user.emailVerifiedAt) return changedAccount(user);
  const attempter = { account: user.emailLower, address: viewer.address };
  const { retryAt } = await countAttempt(models, "email-verification", attempter);
  if (retryAt) return { userId: user._id, userErrors: [tooManyAttempts(retryAt)] };
  await recordSecurity(models, {
    ...{ action: "email.verificationRequested", outcome: "success", actor: actorOf(viewer, tools.requestId) },
    subject: { type: "User", id: user._id.toHexString() },
  });
  await queueMail(tools, "verify-email", { kind: "verify-email", userId: user._id.toHexString() });
  return changedAccount(user);
}
