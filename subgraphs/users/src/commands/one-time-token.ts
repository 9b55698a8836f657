import { emailKey } from "../email.ts";
import { type Models } from "../models.ts";
import { type OneTimeTokenDocument } from "../models/one-time-token.ts";
import { type UserDocument } from "../models/user.ts";
import { hashOf, makeToken, mostLiveTokens, oneTimeLifetimeMs, type OneTimePurpose } from "../one-time-token.ts";

type TokenOwner = Pick<UserDocument, "_id" | "emailLower">;

/** Makes a token for a message to this person. Nobody can read it again afterwards. */
export async function issueToken(models: Models, user: TokenOwner, purpose: OneTimePurpose): Promise<string> {
  const token = makeToken();
  const owned = { userId: user._id, purpose };
  await models.OneTimeToken.create({
    ...owned,
    tokenHash: hashOf(token),
    emailHash: hashOf(user.emailLower),
    expiresAt: new Date(Date.now() + oneTimeLifetimeMs[purpose]),
  });
  // After adding, so that whoever adds last leaves no more than may be.
  const surplus = await models.OneTimeToken.find(owned, { _id: 1 })
    .sort({ _id: -1 })
    .skip(mostLiveTokens)
    .limit(100)
    .lean<Pick<OneTimeTokenDocument, "_id">[]>();
  if (surplus.length > 0) await models.OneTimeToken.deleteMany({ _id: { $in: surplus.map(({ _id }) => _id) } });
  return token;
}

/**
 * Looks a token up without using it.
 *
 * @returns the active person it belongs to; undefined for a token that is unknown, used, over, of another purpose, or was
 * sent to an address that is not the person's any more
 */
export async function ownerOfToken(
  models: Models,
  token: string,
  purpose: OneTimePurpose,
): Promise<UserDocument | undefined> {
  const found = await models.OneTimeToken.findOne(live(token, purpose)).lean<OneTimeTokenDocument>();
  if (!found) return undefined;
  const user = await models.User.findOne({ _id: found.userId, isActive: true })
    .select("+passwordHash")
    .lean<UserDocument>();
  return user && hashOf(emailKey(user.email)) === found.emailHash ? user : undefined;
}

/** Uses a token up. @returns whether it still counted: of several at once one is told so */
export async function useToken(models: Models, token: string, purpose: OneTimePurpose): Promise<boolean> {
  const { modifiedCount } = await models.OneTimeToken.updateOne(live(token, purpose), {
    $set: { usedAt: new Date() },
    $inc: { version: 1 },
  });
  return modifiedCount === 1;
}

/** Ends all tokens of a person for this purpose. */
export async function endTokens(models: Models, { _id }: TokenOwner, purpose: OneTimePurpose): Promise<void> {
  await models.OneTimeToken.deleteMany({ userId: _id, purpose });
}

const live = (token: string, purpose: OneTimePurpose) => ({
  tokenHash: hashOf(token),
  purpose,
  usedAt: { $exists: false },
  expiresAt: { $gt: new Date() },
});
