import { actorOf } from "@tradegraph/kit/outbox";
import { emailKey, isEmail } from "../email.ts";
import { invalidInput, tooManyAttempts, type UserErrorRecord } from "../user-errors.ts";
import { type AccountTools } from "./account-tools.ts";
import { queueMail } from "./queue-mail.ts";
import { recordSecurity } from "./record-security.ts";
import { countAttempt } from "./reserve-attempt.ts";

/**
 * Asks for a link for a new password. Whether the address has an account is looked up by who sends the message, so that
 * neither the answer nor its time tells.
 */
export async function passwordResetSend(
  tools: Pick<AccountTools, "models" | "cipher" | "viewer" | "requestId">,
  text: string,
): Promise<{ userErrors: UserErrorRecord[] }> {
  const email = text.trim();
  if (!isEmail(email)) {
    const error = invalidInput("email", "Give an e-mail address such as anna@example.com.");
    return { userErrors: [{ ...error, field: ["email"] }] };
  }
  const attempter = { account: emailKey(email), address: tools.viewer.address };
  const { retryAt } = await countAttempt(tools.models, "password-reset", attempter);
  // Without the address, which may be nobody's.
  const event = { action: "passwordReset.requested", actor: actorOf(tools.viewer, tools.requestId) };
  if (retryAt) {
    await recordSecurity(tools.models, { ...event, outcome: "refused", code: "TOO_MANY_ATTEMPTS" });
    return { userErrors: [tooManyAttempts(retryAt, "email")] };
  }
  await recordSecurity(tools.models, { ...event, outcome: "success" });
  await queueMail(tools, "password-reset", { kind: "password-reset", email });
  return { userErrors: [] };
}
