import { actorOf, outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { type Viewer } from "@tradegraph/kit/viewer";
import { mongo, Types } from "mongoose";
import { emailKey, isEmail } from "../email.ts";
import { type UserRegisterInput } from "../generated/resolvers.ts";
import { type UserDocument } from "../models/user.ts";
import { nameProblem } from "../name.ts";
import { plainProblem } from "../password-policy.ts";
import { originOf, refused, signIn, type SignInResult, type SignInTools } from "../sign-in.ts";
import { emailTaken, invalidInput, tooManyAttempts, type UserErrorRecord } from "../user-errors.ts";
import { passwordError } from "./check-password.ts";
import { type MailTools, queueMail } from "./queue-mail.ts";
import { countAttempt } from "./reserve-attempt.ts";

export interface RegisterTools extends SignInTools, MailTools {
  viewer: Viewer;
  requestId: string;
}

/**
 * Opens a customer's account, sends a message that proves the address, and signs in. Of several registrations of one
 * address at once the unique index lets one through.
 *
 * @throws PublicError SERVICE_UNAVAILABLE when too many sign in at once
 */
export async function userRegister(tools: RegisterTools, input: UserRegisterInput): Promise<SignInResult> {
  const email = input.email.trim();
  const firstName = input.firstName.trim();
  const lastName = input.lastName.trim();
  const owner = { email, firstName, lastName };
  const problems = problemsOf({ ...input, ...owner });
  if (problems.length > 0) return refused(...problems);
  const { models, viewer } = tools;
  const emailLower = emailKey(email);
  const attempter = { account: emailLower, address: viewer.address };
  const weak = await passwordError(models, attempter, { password: input.password, owner, field: "password" });
  if (weak) return refused(weak);
  const { retryAt } = await countAttempt(models, "registration", attempter);
  if (retryAt) return refused(tooManyAttempts(retryAt, "input"));
  const passwordHash = await tools.passwords.hash(input.password);
  const user = await open(tools, { email, emailLower, passwordHash, firstName, lastName });
  if (!user) return refused(emailTaken());
  await queueMail(tools, "verify-email", { kind: "verify-email", userId: user._id.toHexString() });
  return signIn(tools, user, undefined, originOf(tools));
}

/** @returns undefined when the address has an account already */
async function open(
  { models, viewer, requestId }: RegisterTools,
  fields: Pick<UserDocument, "email" | "emailLower" | "passwordHash" | "firstName" | "lastName">,
): Promise<UserDocument | undefined> {
  const _id = new Types.ObjectId();
  const actor = { ...actorOf(viewer, requestId), role: "customer" as const, userId: _id.toHexString() };
  const event = withOutbox(outboxEntry("user.registered", actor));
  try {
    const user = await models.User.create({ ...fields, ...event, _id, role: "customer", lastLogin: new Date() });
    return user.toObject();
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11000) return undefined;
    throw error;
  }
}

/** Everything that is seen at once to be wrong, so that a form shows it together. */
function problemsOf({ email, password, firstName, lastName }: UserRegisterInput): UserErrorRecord[] {
  const problems: UserErrorRecord[] = [];
  if (!isEmail(email)) problems.push(invalidInput("email", "Give an e-mail address such as anna@example.com."));
  const ofPassword = plainProblem(password, { email, firstName, lastName });
  if (ofPassword !== undefined) problems.push(invalidInput("password", ofPassword));
  for (const [field, name] of Object.entries({ firstName, lastName })) {
    const problem = nameProblem(name);
    if (problem !== undefined) problems.push(invalidInput(field, problem));
  }
  return problems;
}
