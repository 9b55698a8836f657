import { emailKey } from "../email.ts";
import { type LoginInput } from "../generated/resolvers.ts";
import { type MembershipDocument, oldestFirst } from "../models/membership.ts";
import { type UserDocument } from "../models/user.ts";
import { refused, signIn, type SignInResult, type SignInTools } from "../sign-in.ts";
import { invalidCredentials, invalidInput } from "../user-errors.ts";

/**
 * Signs in with e-mail and password. Unknown address, wrong password and closed account give the same answer after the
 * same time, so nobody learns who has an account.
 *
 * @throws PublicError SERVICE_UNAVAILABLE when too many sign in at once
 */
export async function login(tools: SignInTools, input: LoginInput): Promise<SignInResult> {
  const { models, passwords } = tools;
  const companyId = input.companyId ?? undefined;
  const user = await models.User.findOne({ emailLower: emailKey(input.email) })
    .select("+passwordHash")
    .lean<UserDocument>();
  const isRight = await passwords.verify(user?.passwordHash, input.password);
  if (!user?.isActive || !isRight) return refused(invalidCredentials());

  const memberships = await models.Membership.find({ userId: user._id }).lean<MembershipDocument[]>();
  const membership = memberships
    .sort(oldestFirst)
    .find((candidate) => companyId === undefined || candidate.companyId.toHexString() === companyId);
  if (companyId !== undefined && !membership)
    return refused(invalidInput("companyId", "You do not act for this company; leave it out, or name one of yours."));

  // The filter names what was checked: an account closed, or a password changed, in between does not get in.
  const { matchedCount } = await models.User.updateOne(
    { _id: user._id, isActive: true, passwordHash: user.passwordHash },
    { $max: { lastLogin: new Date() } },
    // Coming in is no change of the account.
    { timestamps: false },
  );
  return matchedCount === 0 ? refused(invalidCredentials()) : signIn(tools, user, membership);
}
