import { type PasswordResetInput } from "../generated/resolvers.ts";
import { type Passwords } from "../password.ts";
import { invalidToken } from "../user-errors.ts";
import { type AccountResult, type AccountTools, changedAccount, refusedAccount } from "./account-tools.ts";
import { passwordError } from "./check-password.ts";
import { ownerOfToken, useToken } from "./one-time-token.ts";
import { setPassword } from "./password-set.ts";

const purpose = "password-reset";

const refused = () =>
  refusedAccount(invalidToken("This link does not count any more; ask for a new one.", "input", "token"));

/**
 * Sets a new password with a token out of a message, and ends all sessions. A password that is not accepted leaves the
 * token good for another try.
 *
 * @throws PublicError SERVICE_UNAVAILABLE when too many sign in at once
 */
export async function passwordReset(
  tools: AccountTools & { passwords: Passwords },
  { token, newPassword }: PasswordResetInput,
): Promise<AccountResult> {
  const { models, passwords } = tools;
  const user = await ownerOfToken(models, token, purpose);
  if (!user) return refused();
  const attempter = { account: user._id.toHexString(), address: tools.viewer.address };
  const wanted = { password: newPassword, owner: user, field: "newPassword" };
  const problem = await passwordError(models, attempter, wanted);
  if (problem) return refusedAccount(problem);
  // Before the token is used up: hashing may be refused to a crowd.
  const passwordHash = await passwords.hash(newPassword);
  if (!(await useToken(models, token, purpose))) return refused();
  return (await setPassword(tools, user, passwordHash, "user.passwordReset")) ? changedAccount(user) : refused();
}
