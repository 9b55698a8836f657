// Messages are sent at least once: a worker that dies in between leaves its message to another when the lease is over.
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type Logger } from "@tradegraph/kit/logger";
import { repeat } from "@tradegraph/kit/repeat";
import { type Worker } from "@tradegraph/kit/subgraph";
import { runAcrossTenants, runForTenant } from "@tradegraph/kit/tenancy";
import { type MailContent, mailContentPlace } from "../mail/content.ts";
import { type Links } from "../mail/links.ts";
import { mailConnections, type MailTransport } from "../mail/transport.ts";
import { type Models } from "../models.ts";
import { type MailDocument } from "../models/mail.ts";
import { type MailFailure, mailFailureOf } from "../mail/failure.ts";
import { prepareMail } from "./prepare-mail.ts";

/** Between two looks for messages. */
export const mailIntervalMs = 1_000;

/** A server that takes longer for a message is given up, even if it may have taken it. */
const sendLimitMs = 60_000;

/** Longer than a try can take. */
const leaseMs = 2 * sendLimitMs;

/** How long a message that is just being sent may still take when the program stops. */
const stopLimitMs = 5_000;

const firstPauseMs = 5_000;
const longestPauseMs = 30 * 60_000;

export interface MailSender {
  models: Models;
  cipher: FieldCipher;
  transport: MailTransport;
  links: Links;
  logger: Logger;
}

/** When to begin nothing more, and when to give up what is going on. */
export interface SendingEnd {
  isStopping: boolean;
  signal: AbortSignal;
}

const noEnd = (): SendingEnd => ({ isStopping: false, signal: new AbortController().signal });

/**
 * Sends what is due, a few at a time, and tries again later what could not be sent. When the server itself does not
 * answer, the round ends, so that it is not asked once for each message.
 *
 * @returns how many were sent
 */
export async function sendMails(sender: MailSender, end: SendingEnd = noEnd()): Promise<number> {
  let sent = 0;
  let isDown = false;
  const handle = async (mail: MailDocument) => {
    const outcome = await runForTenant(mail.tenantId, () => sendOne(sender, mail, end.signal));
    if (outcome === "sent") sent += 1;
    isDown ||= outcome === "server down";
  };
  const goOn = async () => {
    while (!isDown && !end.isStopping) {
      const mail = await claim(sender.models);
      if (!mail) return;
      await handle(mail);
    }
  };
  const first = end.isStopping ? undefined : await claim(sender.models);
  if (!first) return 0;
  const others = Array.from({ length: mailConnections - 1 }, goOn);
  const results = await Promise.allSettled([handle(first).then(goOn), ...others]);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  return sent;
}

/** Several instances may send at once: taking a message puts it off for the others. Urgent ones go first. */
const claim = (models: Models): Promise<MailDocument | null> =>
  runAcrossTenants(
    "messages of all shops wait in one line",
    async () => (await claimOf(models, true)) ?? (await claimOf(models, false)),
  );

async function claimOf(models: Models, isUrgent: boolean): Promise<MailDocument | null> {
  const now = new Date();
  return models.Mail.findOneAndUpdate(
    { isWaiting: true, isUrgent, dueAt: { $lte: now } },
    { $set: { dueAt: new Date(now.getTime() + leaseMs) }, $inc: { attempts: 1, version: 1 } },
    { sort: { dueAt: 1 }, returnDocument: "after" },
  ).lean<MailDocument>();
}

async function sendOne(
  sender: MailSender,
  mail: MailDocument,
  signal: AbortSignal,
): Promise<"sent" | "not sent" | "server down"> {
  const { models, logger, transport } = sender;
  try {
    if (mail.giveUpAt <= new Date()) {
      await settle(models, mail, { failure: mail.failure ?? "TOO_LATE" });
      logger.error({ template: mail.template, failure: mail.failure }, "A message was given up");
      return "not sent";
    }
    const prepared = await prepare(sender, mail);
    if (prepared) await inTime(transport.send(prepared, mail._id.toHexString()), signal);
    await settle(models, mail, prepared ? { sentAt: new Date() } : {});
    return prepared ? "sent" : "not sent";
  } catch (error) {
    const failure = mailFailureOf(error);
    logger.warn({ template: mail.template, failure: failure.code, attempts: mail.attempts }, "A message was not sent");
    await putOff(models, mail, failure);
    return failure.isServerDown ? "server down" : "not sent";
  }
}

/** @throws Error with `code` when it takes too long or the program stops */
async function inTime(sending: Promise<void>, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(sendLimitMs)]);
  const cutOff = Promise.withResolvers<never>();
  limit.addEventListener("abort", () => {
    cutOff.reject(Object.assign(new Error("The message took too long."), { code: "ETIMEDOUT" }));
  });
  await Promise.race([sending, cutOff.promise]);
}

async function prepare({ models, cipher, links }: MailSender, { content }: MailDocument) {
  if (!content) return undefined;
  return prepareMail(models, links, JSON.parse(await cipher.open(content, mailContentPlace)) as MailContent);
}

/** The filter knows the try: another worker's, after a lease that was too short, is not ended by this one. */
const ownTry = ({ _id, attempts }: MailDocument) => ({ _id, attempts, isWaiting: true });

const settle = (models: Models, mail: MailDocument, fields: Partial<MailDocument>) =>
  models.Mail.updateOne(ownTry(mail), {
    $set: { isWaiting: false, ...fields },
    $unset: { content: true },
    $inc: { version: 1 },
  });

async function putOff(models: Models, mail: MailDocument, { code, isFinal }: MailFailure): Promise<void> {
  if (isFinal) {
    await settle(models, mail, { failure: code });
    return;
  }
  const pause = Math.min(firstPauseMs * 2 ** Math.min(mail.attempts - 1, 20), longestPauseMs);
  await models.Mail.updateOne(ownTry(mail), {
    $set: { dueAt: new Date(Date.now() + pause), failure: code },
    $inc: { version: 1 },
  });
}

/** The sender as a worker of the subgraph. */
export function startMailSender(sender: MailSender, intervalMs = mailIntervalMs): Worker {
  const giveUp = new AbortController();
  const end = { isStopping: false, signal: giveUp.signal };
  const worker = repeat({
    name: "mail sender",
    intervalMs,
    logger: sender.logger,
    work: () => sendMails(sender, end),
  });
  return {
    name: worker.name,
    async stop() {
      end.isStopping = true;
      const timer = setTimeout(() => {
        giveUp.abort();
      }, stopLimitMs);
      await worker.stop();
      clearTimeout(timer);
      sender.transport.close();
    },
  };
}
