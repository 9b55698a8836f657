import { type Attempter } from "../lockout.ts";
import { type Models } from "../models.ts";
import { type PasswordOwner, plainProblem, strengthProblem } from "../password-policy.ts";
import { invalidInput, tooManyAttempts, type UserErrorRecord } from "../user-errors.ts";
import { countAttempt } from "./reserve-attempt.ts";

/**
 * What is wrong with a new password. Looking for patterns holds everybody else up, so it is limited, and not done for one
 * that is refused anyway.
 *
 * @param field name of the field inside `input`
 * @returns undefined when it may be taken
 * @throws PublicError SERVICE_UNAVAILABLE when very many of one account try at this moment
 */
export async function passwordError(
  models: Models,
  attempter: Attempter,
  { password, owner, field }: { password: string; owner: PasswordOwner; field: string },
): Promise<UserErrorRecord | undefined> {
  const plain = plainProblem(password, owner);
  if (plain !== undefined) return invalidInput(field, plain);
  const { retryAt } = await countAttempt(models, "password-strength", attempter);
  if (retryAt) return tooManyAttempts(retryAt, "input", field);
  const problem = strengthProblem(password, owner);
  return problem === undefined ? undefined : invalidInput(field, problem);
}
