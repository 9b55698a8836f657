import { mongo } from "mongoose";
import { emailKey, isEmail } from "../email.ts";
import { type UserRegisterInput } from "../generated/resolvers.ts";
import { isPasswordLength, passwordLength } from "../password.ts";
import { refused, signIn, type SignInResult, type SignInTools } from "../sign-in.ts";
import { emailTaken, invalidInput, type UserErrorRecord } from "../user-errors.ts";

/**
 * Opens a customer's account and signs it in. Of several registrations of one address at once the unique index lets one
 * through.
 *
 * @throws PublicError SERVICE_UNAVAILABLE when too many sign in at once
 */
export async function userRegister(tools: SignInTools, input: UserRegisterInput): Promise<SignInResult> {
  const email = input.email.trim();
  const firstName = input.firstName.trim();
  const lastName = input.lastName.trim();
  const problems = problemsOf({ ...input, email, firstName, lastName });
  if (problems.length > 0) return refused(...problems);
  try {
    const user = await tools.models.User.create({
      email,
      emailLower: emailKey(email),
      passwordHash: await tools.passwords.hash(input.password),
      firstName,
      lastName,
      role: "customer",
      lastLogin: new Date(),
    });
    return await signIn(tools, user);
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11000) return refused(emailTaken());
    throw error;
  }
}

/** Everything that is wrong, so that a form shows it at once. */
function problemsOf({ email, password, firstName, lastName }: UserRegisterInput): UserErrorRecord[] {
  const problems: UserErrorRecord[] = [];
  if (!isEmail(email)) problems.push(invalidInput("email", "Give an e-mail address such as anna@example.com."));
  if (!isPasswordLength(password)) {
    const { min, max } = passwordLength;
    problems.push(invalidInput("password", `Choose a password of ${min} to ${max} characters.`));
  }
  for (const [field, name] of Object.entries({ firstName, lastName })) {
    if (name.length < 1 || name.length > 100) problems.push(invalidInput(field, "Give a name of 1 to 100 characters."));
  }
  return problems;
}
