// What ends all sessions of a person in the same update as the change that they must not outlive (a new password, a closed
// account): a program that dies before it has ended them one by one leaves none alive. A session remembers the value under
// which it was begun, so clocks of several programs need not agree; the date is for people who look.
import { type SessionDocument } from "./models/session.ts";
import { type UserDocument } from "./models/user.ts";

/** The value that ends every session begun under the present one. */
export function nextSessionsValidFrom({ sessionsValidFrom }: Pick<UserDocument, "sessionsValidFrom">): Date {
  return new Date(Math.max(Date.now(), (sessionsValidFrom?.getTime() ?? 0) + 1));
}

/** Whether the account has changed since this session was begun, so that it is over. */
export function isOutlived(
  { validFrom }: Pick<SessionDocument, "validFrom">,
  { sessionsValidFrom }: Pick<UserDocument, "sessionsValidFrom">,
): boolean {
  return (sessionsValidFrom?.getTime() ?? 0) > (validFrom?.getTime() ?? 0);
}
