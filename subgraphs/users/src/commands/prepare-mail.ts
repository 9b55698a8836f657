import { emailKey, isEmail } from "../email.ts";
import { type MailContent } from "../mail/content.ts";
import { type Links } from "../mail/links.ts";
import { type Mail } from "../mail/mail.ts";
import { passwordResetMail } from "../mail/password-reset.ts";
import { verifyEmailMail } from "../mail/verify-email.ts";
import { type Models } from "../models.ts";
import { type UserDocument } from "../models/user.ts";
import { issueToken } from "./one-time-token.ts";

/**
 * The message as it goes out, with a fresh token where it has a link that lets somebody in.
 *
 * @returns undefined when there is nobody to send it to, or no reason any more
 */
export async function prepareMail(models: Models, links: Links, content: MailContent): Promise<Mail | undefined> {
  if (content.kind === "message") return content.mail;
  const isVerification = content.kind === "verify-email";
  const user = await models.User.findOne(
    isVerification ? { _id: content.userId } : { emailLower: emailKey(content.email) },
  ).lean<UserDocument>();
  if (!user?.isActive || !isEmail(user.email) || (isVerification && user.emailVerifiedAt)) return undefined;
  if (isVerification)
    return verifyEmailMail({
      to: user.email,
      link: links.verifyEmail(await issueToken(models, user, "email-verification")),
    });
  return passwordResetMail({
    to: user.email,
    link: links.passwordReset(await issueToken(models, user, "password-reset")),
  });
}
