import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@tradegraph/kit/logger";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { createTestResources, silentLogger } from "@tradegraph/testkit/test-database";
import PostalMime from "postal-mime";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { queueMail } from "../src/commands/queue-mail.ts";
import { type MailSender, sendMails, startMailSender } from "../src/commands/send-mails.ts";
import { invitationMail } from "../src/mail/invitation.ts";
import { createLinks } from "../src/mail/links.ts";
import { composeMail } from "../src/mail/mail.ts";
import { createMailTransport, type MailTransport } from "../src/mail/transport.ts";
import { createModels, type Models } from "../src/models.ts";
import { type MailDocument } from "../src/models/mail.ts";
import { inTenant } from "./accounts.ts";
import { fakeUser } from "./fakes.ts";
import { startSmtp } from "./smtp.ts";

let resources: Awaited<ReturnType<typeof createTestResources>>;
let models: Models;
const from = { name: "Der Laden, Wien", address: "shop@example.com" };
const links = createLinks("https://shop.example");
const opened: { close: () => unknown }[] = [];

beforeAll(async () => {
  resources = await createTestResources("users");
  models = createModels(resources.mongo.connection);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await inTenant(async () => models.Mail.deleteMany({}));
});
afterAll(() => resources[Symbol.asyncDispose]());

/** Closed when the test ends. */
const opening = <T extends { close: () => unknown }>(each: T): T => {
  opened.push(each);
  return each;
};
const smtp = async (...args: Parameters<typeof startSmtp>) => opening(await startSmtp(...args));
const toServer = (url: string) => opening(createMailTransport({ from, url, folder: "" }));
const senderTo = (transport: MailTransport): MailSender => ({
  ...{ models, cipher: testCipher, transport, links, logger: silentLogger },
});

const mailTo = (to: string, text = "Hello") => composeMail({ to, subject: "A test", paragraphs: [text] });
const queue = (to: string, text?: string) =>
  inTenant(() => queueMail({ models, cipher: testCipher }, "invitation", { kind: "message", mail: mailTo(to, text) }));
const stored = () => inTenant(async () => models.Mail.find().sort({ _id: 1 }).lean<MailDocument[]>());
const setAll = (fields: Partial<MailDocument>) => inTenant(async () => models.Mail.updateMany({}, { $set: fields }));
const makeDue = () => setAll({ dueAt: new Date(0) });

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = await startSmtp();
  await server.close();
  return server.port;
}

it("that somebody waits for go before invitations, whichever shop they are of and however many came before", async () => {
  const sent: string[] = [];
  const transport: MailTransport = {
    send: ({ to }) => Promise.resolve(void sent.push(to)),
    close: () => undefined,
  };
  for (let n = 0; n < 30; n += 1) await queue(`invited.${n}@example.com`);
  const mail = { kind: "message" as const, mail: mailTo("waiting@example.com") };
  await runForTenant("other", () => queueMail({ models, cipher: testCipher }, "password-changed", mail));
  expect(await sendMails(senderTo(transport))).toBe(31);
  expect(sent[0]).toBe("waiting@example.com");
  await runForTenant("other", async () => models.Mail.deleteMany({}));
});

describe("messages over SMTP", () => {
  it("arrive in both forms, with sender, subject and link, and leave nothing of their content behind", async () => {
    const server = await smtp();
    const expiresAt = new Date("2026-03-01T12:00:00Z");
    const link = links.invitation("secret-token");
    const mail = invitationMail({
      to: "anna@example.com",
      companyName: "Süß & Söhne",
      inviter: "Ben",
      link,
      expiresAt,
    });
    await inTenant(() => queueMail({ models, cipher: testCipher }, "invitation", { kind: "message", mail }));
    expect(JSON.stringify(await stored())).not.toMatch(/secret-token|anna|Söhne/);
    expect(await sendMails(senderTo(toServer(server.url)))).toBe(1);
    const [{ to, parsed }] = server.received as [(typeof server.received)[0]];
    expect(to).toEqual(["anna@example.com"]);
    expect(parsed).toMatchObject({
      from,
      to: [{ address: "anna@example.com" }],
      subject: "You are invited to a company's account",
      text: expect.stringContaining(link) as string,
      html: expect.stringContaining("Süß &amp; Söhne") as string,
      messageId: expect.stringMatching(/^<[\da-f]{24}@example\.com>$/) as string,
    });
    const [after] = await stored();
    expect(after).toMatchObject({ isWaiting: false, attempts: 1, sentAt: expect.any(Date) as Date });
    expect(after).not.toHaveProperty("content");
    expect(await sendMails(senderTo(toServer(server.url)))).toBe(0);
  });

  it("have a link with a token that was made when they left", async () => {
    const server = await smtp();
    const user = await fakeUser(models);
    const content = { kind: "verify-email" as const, userId: user._id.toHexString() };
    await inTenant(() => queueMail({ models, cipher: testCipher }, "verify-email", content));
    expect(await inTenant(async () => models.OneTimeToken.countDocuments({ userId: user._id }))).toBe(0);
    await sendMails(senderTo(toServer(server.url)));
    expect(await inTenant(async () => models.OneTimeToken.countDocuments({ userId: user._id }))).toBe(1);
    expect(server.received[0]?.parsed.text).toMatch(/\/verify-email#token=[\w-]{43}/);
  });

  it("wait while nobody listens, and go when somebody does", async () => {
    const port = await closedPort();
    const transport = toServer(`smtp://127.0.0.1:${port}`);
    await queue("anna@example.com");
    await queue("ben@example.com");
    expect(await sendMails(senderTo(transport))).toBe(0);
    const waiting = await stored();
    expect(waiting.map(({ isWaiting }) => isWaiting)).toEqual([true, true]);
    expect(waiting.some(({ failure }) => failure === "ESOCKET")).toBe(true);
    const server = await smtp(port);
    expect(await sendMails(senderTo(transport))).toBe(0);
    await makeDue();
    expect(await sendMails(senderTo(transport))).toBe(2);
    expect(server.received.map(({ to }) => to[0]).sort()).toEqual(["anna@example.com", "ben@example.com"]);
  });

  it("are tried again later after a temporary refusal, each time after a longer pause, and keep their id", async () => {
    const server = await smtp();
    const transport = toServer(server.url);
    await queue("anna@example.com");
    const pauses: number[] = [];
    for (const code of [451, 450, 452]) {
      server.refusals.push(code);
      const began = Date.now();
      expect(await sendMails(senderTo(transport))).toBe(0);
      const [{ dueAt, failure }] = (await stored()) as [MailDocument];
      expect(failure).toBe(String(code));
      pauses.push(Math.round((dueAt.getTime() - began) / 1_000));
      await makeDue();
    }
    expect(pauses).toEqual([5, 10, 20]);
    expect(await sendMails(senderTo(transport))).toBe(1);
    expect(server.received[0]?.parsed.messageId).toContain(String((await stored())[0]?._id));
  });

  it("are given up at once when there is no such mailbox, and after a day in any case", async () => {
    const server = await smtp();
    await queue("nobody@example.com");
    server.refusals.push(550);
    await sendMails(senderTo(toServer(server.url)));
    expect(await stored()).toMatchObject([{ isWaiting: false, failure: "550", attempts: 1 }]);
    expect((await stored())[0]).not.toHaveProperty("content");

    await queue("late@example.com");
    const [, late] = await stored();
    expect((late?.giveUpAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    await setAll({ giveUpAt: new Date(Date.now() - 1) });
    await sendMails(senderTo(toServer(server.url)));
    expect((await stored())[1]).toMatchObject({ isWaiting: false, failure: "TOO_LATE" });
    expect((await stored())[1]).not.toHaveProperty("content");
    expect(server.received).toEqual([]);
  });

  it("do not keep each other waiting when one of them is refused", async () => {
    const server = await smtp();
    for (let n = 0; n < 6; n += 1) await queue(`anna${n}@example.com`);
    server.refusals.push(452);
    expect(await sendMails(senderTo(toServer(server.url)))).toBe(5);
  });

  it("are sent once by two workers at a time", async () => {
    const server = await smtp();
    for (let n = 0; n < 20; n += 1) await queue(`anna${n}@example.com`);
    const transports = [toServer(server.url), toServer(server.url)];
    const sent = await Promise.all(transports.map((transport) => sendMails(senderTo(transport))));
    expect((sent[0] ?? 0) + (sent[1] ?? 0)).toBe(20);
    expect(new Set(server.received.map(({ to }) => to[0])).size).toBe(20);
    expect(server.received).toHaveLength(20);
  });

  it("are sent by another worker when one has died over them", async () => {
    await queue("anna@example.com");
    const dying: MailTransport = { send: () => new Promise<never>(() => undefined), close: () => undefined };
    void sendMails(senderTo(dying));
    await expect.poll(async () => (await stored())[0]?.attempts).toBe(1);
    const server = await smtp();
    const transport = toServer(server.url);
    // The lease: nobody takes it meanwhile.
    expect(await sendMails(senderTo(transport))).toBe(0);
    await makeDue();
    expect(await sendMails(senderTo(transport))).toBe(1);
  });

  it("never go with a password over a line that is not encrypted", async () => {
    const server = await smtp();
    await queue("anna@example.com");
    const transport = toServer(server.url.replace("//", "//user:hush@"));
    expect(await sendMails(senderTo(transport))).toBe(0);
    expect(server.received).toEqual([]);
    expect((await stored())[0]?.failure).toBe("ETLS");
  });

  it("are logged without address, text and what the server said", async () => {
    const server = await smtp();
    const lines: string[] = [];
    const logger = createLogger({ service: "test", level: "info", destination: { write: (line) => lines.push(line) } });
    await queue("anna@example.com", "a secret text");
    server.refusals.push(550);
    await sendMails({ ...senderTo(toServer(server.url)), logger });
    expect(lines.join()).toContain('"failure":"550"');
    expect(lines.join()).not.toMatch(/anna|secret text|Not now/);
  });
});

describe("the worker", () => {
  it("goes on after a database or server that failed, and stops between two messages", async () => {
    const server = await smtp();
    const worker = startMailSender(senderTo(toServer(server.url)), 20);
    await queue("anna@example.com");
    await expect.poll(() => server.received.length).toBe(1);
    await worker.stop();
    await queue("ben@example.com");
    expect(
      await sendMails(senderTo(toServer(server.url)), { isStopping: true, signal: new AbortController().signal }),
    ).toBe(0);
    expect((await stored()).filter(({ isWaiting }) => isWaiting)).toHaveLength(1);
  });
});

describe("addresses", () => {
  it.each(["a@example.com, evil@example.com", "a@example.com\r\nBcc: evil@example.com", "x,evil@example.com"])(
    "are one recipient and no header: %j",
    async (to) => {
      const server = await smtp();
      const transport = toServer(server.url);
      await transport.send({ ...mailTo("x"), to }, "1".repeat(24)).catch(() => undefined);
      for (const { to: recipients, raw } of server.received) {
        expect(recipients).toHaveLength(1);
        expect(recipients).not.toContain("evil@example.com");
        expect(raw).not.toMatch(/^bcc:/im);
      }
    },
  );

  it("and subjects cannot begin another header", async () => {
    const server = await smtp();
    const mail = { ...mailTo("anna@example.com"), subject: "Hi\r\nBcc: evil@example.com\r\n\r\nbody" };
    await toServer(server.url).send(mail, "1".repeat(24));
    expect(server.received[0]?.to).toEqual(["anna@example.com"]);
    expect(server.received[0]?.raw).not.toMatch(/^bcc:/im);
  });
});

describe("messages as files", () => {
  it("are whole, and readable by the owner alone", async () => {
    const folder = await mkdtemp(join(tmpdir(), "users-mail-"));
    const transport = createMailTransport({ from, folder: join(folder, "mail") });
    await transport.send(mailTo("anna@example.com", "Grüße"), "1".repeat(24));
    const [file = ""] = await readdir(join(folder, "mail"));
    expect(file).toMatch(/^\d{4}-.*-1{24}\.eml$/);
    expect((await stat(join(folder, "mail", file))).mode & 0o077).toBe(0);
    const parsed = await PostalMime.parse(await readFile(join(folder, "mail", file)));
    expect(parsed).toMatchObject({ subject: "A test", to: [{ address: "anna@example.com" }], from });
    expect(parsed.text).toContain("Grüße");
    await rm(folder, { recursive: true });
  });

  it("wait while the folder cannot be written", async () => {
    await queue("anna@example.com");
    const transport = createMailTransport({ from, folder: "/dev/null/mail" });
    expect(await sendMails(senderTo(transport))).toBe(0);
    expect(await stored()).toMatchObject([{ isWaiting: true, failure: "ENOTDIR" }]);
  });
});
