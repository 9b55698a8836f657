// What is kept of a message until it is sent: the whole message, or what it takes to make it. Links that let somebody in
// are made at the last moment, so that no token is stored and its time begins when it leaves.
import { type Mail } from "./mail.ts";

export type MailContent =
  | { kind: "message"; mail: Mail }
  | { kind: "verify-email"; userId: string }
  /** The address as somebody typed it: whether it has an account is looked up later, when nobody waits for an answer. */
  | { kind: "password-reset"; email: string };

/** Where it is stored, for sealing and opening. */
export const mailContentPlace = { collection: "mails", field: "content" } as const;
