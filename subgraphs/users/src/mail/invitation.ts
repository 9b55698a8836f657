import { composeMail, type Mail, quoted } from "./mail.ts";

export interface Invitation {
  /** Address of the invited person. */
  to: string;
  companyName: string;
  /** Name of who invites. */
  inviter: string;
  link: string;
  expiresAt: Date;
}

export const invitationMail = ({ to, companyName, inviter, link, expiresAt }: Invitation): Mail =>
  composeMail({
    to,
    subject: "You are invited to a company's account",
    paragraphs: [
      `${quoted(inviter)} invites you to act for the company ${quoted(companyName)}. Sign in, or open an account, with this e-mail address and accept:`,
      `The invitation is good until ${expiresAt.toUTCString()}.`,
      "If you do not know them, do nothing.",
    ],
    link: { label: "Accept the invitation", url: link },
  });
