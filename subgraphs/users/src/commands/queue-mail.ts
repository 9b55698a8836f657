import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type MailContent, mailContentPlace } from "../mail/content.ts";
import { type Models } from "../models.ts";
import { type MailTemplate } from "../models/mail.ts";

export interface MailTools {
  models: Models;
  cipher: FieldCipher;
}

const hour = 3_600_000;

/** A message that nobody could take for so long is given up. */
const giveUpAfterMs = 24 * hour;

/** How long it is kept that a message was sent, without its content. */
const keptMs = 7 * 24 * hour;

/**
 * Writes a message down; a worker sends it. Whether a mail server answers makes no difference to the caller.
 *
 * @example queueMail(tools, "invitation", { kind: "message", mail: invitationMail({ … }) })
 */
export async function queueMail(
  { models, cipher }: MailTools,
  template: MailTemplate,
  content: MailContent,
): Promise<void> {
  const now = Date.now();
  await models.Mail.create({
    template,
    content: cipher.seal(JSON.stringify(content), mailContentPlace),
    isWaiting: true,
    isUrgent: template !== "invitation",
    dueAt: new Date(now),
    giveUpAt: new Date(now + giveUpAfterMs),
    expiresAt: new Date(now + keptMs),
  });
}
