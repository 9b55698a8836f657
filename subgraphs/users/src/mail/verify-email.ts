import { composeMail, type Mail } from "./mail.ts";

/** Without a name: whoever opened the account chose it, and the address may be somebody else's. */
export const verifyEmailMail = ({ to, link }: { to: string; link: string }): Mail =>
  composeMail({
    to,
    subject: "Confirm your e-mail address",
    paragraphs: [
      "An account was opened with this e-mail address. Confirm that the address is yours:",
      "The link is good for 24 hours and for one use.",
      "If you did not open an account, do nothing: without this confirmation the address counts as unproved.",
    ],
    link: { label: "Confirm the address", url: link },
  });
