import { invalidToken } from "../user-errors.ts";
import {
  accountEvent,
  type AccountResult,
  type AccountTools,
  changeAccount,
  changedAccount,
  refusedAccount,
} from "./account-tools.ts";
import { endTokens, ownerOfToken, useToken } from "./one-time-token.ts";

const purpose = "email-verification";

const refused = () => refusedAccount(invalidToken("This link does not count any more; ask for a new one.", "token"));

/** Proves an e-mail address with a token that was sent to it. Whoever has the token may be signed in or not. */
export async function emailVerify(
  tools: Pick<AccountTools, "models" | "viewer" | "requestId">,
  token: string,
): Promise<AccountResult> {
  const { models } = tools;
  const user = await ownerOfToken(models, token, purpose);
  if (!user || !(await useToken(models, token, purpose))) return refused();
  // The filter names the address: one that has changed since the look is not proved by this.
  const { _id, emailLower } = user;
  const change = { $set: { emailVerifiedAt: new Date() } };
  const event = accountEvent(tools, "user.emailVerified", ["emailVerifiedAt"]);
  if (!(await changeAccount(models, { _id, emailLower, isActive: true }, change, event))) return refused();
  await endTokens(models, user, purpose);
  return changedAccount(user);
}
