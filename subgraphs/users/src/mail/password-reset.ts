import { composeMail, type Mail } from "./mail.ts";

export const passwordResetMail = ({ to, link }: { to: string; link: string }): Mail =>
  composeMail({
    to,
    subject: "Choose a new password",
    paragraphs: [
      "Somebody, probably you, asked for a new password for the account with this e-mail address. Choose it here:",
      "The link is good for one hour and for one use. A new password signs the account out everywhere.",
      "If you did not ask for it, do nothing: your password stays as it is.",
    ],
    link: { label: "Choose a new password", url: link },
  });
