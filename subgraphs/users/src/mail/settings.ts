// Settings of mail: where it goes, whom it is from, and where its links lead.
import { resolve } from "node:path";
import { z } from "zod";
import { isEmail } from "../email.ts";
import { type MailSettings } from "./transport.ts";

/** `anna@example.com` or `The shop <anna@example.com>`. */
const sender = z.string().transform((text, context): MailSettings["from"] => {
  const [, name = "", inBrackets, alone] = /^(?:([^<>"\p{C}]{0,100})<([^<>]+)>|([^<>]+))$/u.exec(text.trim()) ?? [];
  const address = (inBrackets ?? alone ?? "").trim();
  if (isEmail(address)) return { name: name.trim(), address };
  context.addIssue({
    code: "custom",
    message: "must be an address such as shop@example.com or Shop <shop@example.com>",
  });
  return z.NEVER;
});

const addressOf =
  (...protocols: string[]) =>
  (text: string) =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== "";

/** Variables of mail; `parseEnv` needs {@link mailAlternatives} too. */
export const mailEnv = (isDeployed: boolean) => ({
  MAIL_URL: z
    .string()
    .refine(addressOf("smtp:", "smtps:"), "must begin with smtp:// or smtps:// and name a server")
    .optional()
    .describe("Mail server, with the password in the address."),
  MAIL_FOLDER: z.string().optional().describe("Instead: folder into which messages are written as files."),
  MAIL_FROM: (isDeployed ? sender : sender.prefault("Tradegraph <shop@tradegraph.example>")).describe(
    "Sender of messages.",
  ),
  PUBLIC_URL: (isDeployed ? z.string() : z.string().default("http://127.0.0.1:3000"))
    .refine(addressOf("http:", "https:"), "must be the address of the storefront, beginning with https:// or http://")
    .describe("Address of the storefront; links in messages lead there."),
});

/** Where it is deployed nobody looks into a folder that nobody chose. */
export const mailAlternatives = (isDeployed: boolean) => (isDeployed ? [["MAIL_URL", "MAIL_FOLDER"]] : []);

type MailEnv = z.infer<z.ZodObject<ReturnType<typeof mailEnv>>>;

export const mailSettingsOf = ({ MAIL_URL, MAIL_FOLDER, MAIL_FROM }: MailEnv): MailSettings => ({
  from: MAIL_FROM,
  url: MAIL_URL,
  folder: resolve(MAIL_FOLDER ?? ".data/mail"),
});
