// How messages leave the house: over SMTP, or as files for whoever develops.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { type Mail } from "./mail.ts";

export interface MailSettings {
  from: { name: string; address: string };
  /** `smtp://` or `smtps://`; without it, files. */
  url?: string | undefined;
  /** Folder for files, `.eml`. */
  folder: string;
}

export interface MailTransport {
  /**
   * @param id same for each try of one message, so that a receiver can tell repetitions
   * @throws Error with `code`, and `responseCode` of the server where it answered
   */
  send: (mail: Mail, id: string) => Promise<void>;
  close: () => void;
}

/** A server that takes longer than this is as good as dead, milliseconds. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 };

/** Most connections at a time. */
export const mailConnections = 4;

export function createMailTransport({ from, url, folder }: MailSettings): MailTransport {
  return url === undefined ? toFiles(from, folder) : toServer(from, url);
}

function toServer(from: MailSettings["from"], url: string): MailTransport {
  const { protocol, username, searchParams } = new URL(url);
  const transport = createTransport({
    pool: true,
    maxConnections: mailConnections,
    // We try again ourselves, later.
    maxRequeues: 1,
    ...patience,
    // A password must not go over a line that anybody reads.
    requireTLS: protocol === "smtp:" && username !== "" && !searchParams.has("requireTLS"),
    url,
    ...noAttachments,
  });
  return {
    send: async (mail, id) => {
      await transport.sendMail(messageOf(from, mail, id));
    },
    close: () => {
      transport.close();
    },
  };
}

function toFiles(from: MailSettings["from"], folder: string): MailTransport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows", ...noAttachments });
  return {
    async send(mail, id) {
      const { message } = await transport.sendMail(messageOf(from, mail, id));
      // Links in it let people in, so only the owner of the program may read it.
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${new Date().toISOString().replaceAll(":", "-")}-${id}.eml`);
      await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
    close: () => undefined,
  };
}

const noAttachments = { disableFileAccess: true, disableUrlAccess: true } as const;

/** Addresses as objects: as text they would be parsed, and could be more than one. */
const messageOf = (from: MailSettings["from"], { to, subject, text, html }: Mail, id: string) => ({
  from,
  to: { name: "", address: to },
  subject,
  text,
  html,
  messageId: `<${id}@${from.address.split("@").at(-1) ?? "localhost"}>`,
  // Answering machines stay silent (RFC 3834).
  headers: { "Auto-Submitted": "auto-generated" },
});
