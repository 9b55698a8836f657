// What a new password means, however it came about: it is set once, the old one's sessions end, and the owner is told.
import { passwordChangedMail } from "../mail/password-changed.ts";
import { type UserDocument } from "../models/user.ts";
import { accountEvent, type AccountTools, changeAccount } from "./account-tools.ts";
import { nextSessionsValidFrom } from "../sessions-valid-from.ts";
import { endSessionsWith } from "./end-sessions.ts";
import { endTokens } from "./one-time-token.ts";
import { queueMail } from "./queue-mail.ts";
import { forgetAttempts } from "./reserve-attempt.ts";
import { actorOf } from "@tradegraph/kit/outbox";

/**
 * @param user as it was when the right to do this was checked
 * @param event type of the event
 * @returns the account as it is now; undefined when it has changed since then, and nothing is done in that case
 */
export async function setPassword(
  tools: AccountTools,
  user: UserDocument,
  passwordHash: string,
  event: "user.passwordChanged" | "user.passwordReset",
): Promise<UserDocument | undefined> {
  const { models, viewer, requestId } = tools;
  const { _id, sessionsValidFrom = null } = user;
  const $set = { passwordHash, sessionsValidFrom: nextSessionsValidFrom(user) };
  const reason = event === "user.passwordChanged" ? "password changed" : "password reset";
  const changed = await endSessionsWith(tools, _id, { reason, actor: actorOf(viewer, requestId) }, async () => {
    const seen = { _id, isActive: true, passwordHash: user.passwordHash, sessionsValidFrom };
    const done = await changeAccount(models, seen, { $set }, accountEvent(tools, event, ["password"]));
    return done ? { ...user, ...$set } : undefined;
  });
  if (!changed) return undefined;
  await endTokens(models, user, "password-reset");
  await forgetAttempts(models, ["sign-in"], user.emailLower);
  await forgetAttempts(models, ["password-change"], _id.toHexString());
  const mail = passwordChangedMail({ to: user.email, at: new Date() });
  await queueMail(tools, "password-changed", { kind: "message", mail });
  return changed;
}
