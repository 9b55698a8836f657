import { type FieldCipher, SealedValueError } from "@tradegraph/kit/field-cipher";
import { emailKey } from "../email.ts";
import { type MailContent, mailContentPlace } from "../mail/content.ts";
import { type Models } from "../models.ts";
import { type MailDocument } from "../models/mail.ts";
import { type UserDocument } from "../models/user.ts";

/** Opened at a time. */
const batch = 500;

/**
 * Removes messages to a person that still wait to be sent. What they say is sealed, so each of the shop that waits is
 * opened; those that were sent hold nothing any more. Messages are sent within seconds: many wait only while no mail
 * server takes any, a day at most.
 */
export async function eraseMails(models: Models, cipher: FieldCipher, user: UserDocument): Promise<number> {
  const waiting = models.Mail.find({ isWaiting: true }, { content: 1 })
    .sort({ isUrgent: 1, dueAt: 1 })
    .hint({ isUrgent: 1, dueAt: 1 })
    .lean<MailDocument[]>()
    .cursor({ batchSize: batch });
  let removed = 0;
  for await (const mail of waiting)
    if (await isTo(cipher, mail, user)) removed += (await models.Mail.deleteOne({ _id: mail._id })).deletedCount;
  return removed;
}

async function isTo(cipher: FieldCipher, { content }: Pick<MailDocument, "content">, user: UserDocument) {
  if (!content) return false;
  const opened = await cipher.open(content, mailContentPlace).catch((error: unknown) => {
    // Nobody can read it or send it; it is given up within a day.
    if (error instanceof SealedValueError) return undefined;
    throw error;
  });
  if (opened === undefined) return false;
  const parsed = JSON.parse(opened) as MailContent;
  if (parsed.kind === "verify-email") return parsed.userId === user._id.toHexString();
  return emailKey(parsed.kind === "message" ? parsed.mail.to : parsed.email) === user.emailLower;
}
