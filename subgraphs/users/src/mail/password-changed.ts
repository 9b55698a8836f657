import { composeMail, type Mail } from "./mail.ts";

/** Tells the owner, who may not be the one that did it. */
export const passwordChangedMail = ({ to, at }: { to: string; at: Date }): Mail =>
  composeMail({
    to,
    subject: "Your password was changed",
    paragraphs: [
      `The password of the account with this e-mail address was changed on ${at.toUTCString()}.`,
      "All other places where the account was signed in are signed out.",
      "If it was not you, ask for a new password on the sign-in page at once, and tell us.",
    ],
  });
