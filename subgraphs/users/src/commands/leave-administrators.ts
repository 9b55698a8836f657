// A shop always has an administrator. There is no transaction over accounts, so whoever is about to stop being one says so
// first and looks around then: of two who leave at once at least one sees the other. Whoever counts on somebody whose
// announcement has lapsed takes it back first, and the change is for the announcement that was made: so who stood still
// meanwhile does not leave any more.
import { type Models } from "../models.ts";
import { type UserDocument } from "../models/user.ts";

/** Longer than the rest of the change takes; afterwards others take the announcement of who was cut off back. */
const announcedMs = 60_000;

/** Staff without limits, and able to sign in. */
export const isAdministrator = ({ role, isActive, staffScopes }: UserDocument): boolean =>
  role === "admin" && isActive && staffScopes === undefined;

/** An announcement. The change must have it in its filter; empty for who is no administrator. */
export type Leaving = Pick<UserDocument, "leavingUntil">;

const quietly = { timestamps: false } as const;

/**
 * Announces that an administrator stops being one; somebody who is none just goes. The change itself must follow at once,
 * only where the announcement still stands, and remove `leavingUntil`.
 *
 * @returns the announcement, undefined when nobody else would be left; nothing is announced then
 * @example changeAccount(models, { _id, version, ...leaving }, change, event)
 */
export async function leaveAdministrators(models: Models, user: UserDocument): Promise<Leaving | undefined> {
  if (!isAdministrator(user)) return {};
  const { _id } = user;
  const leaving = { leavingUntil: new Date(Date.now() + announcedMs) };
  await models.User.updateOne({ _id }, { $set: leaving }, quietly);
  if (await hasOtherAdministrator(models, user)) return leaving;
  await stayAdministrator(models, user, leaving);
  return undefined;
}

async function hasOtherAdministrator(models: Models, { _id }: UserDocument): Promise<boolean> {
  const others = { _id: { $ne: _id }, role: "admin" as const, isActive: true, staffScopes: { $exists: false } };
  if (await models.User.exists({ ...others, leavingUntil: { $exists: false } })) return true;
  const lapsed = { ...others, leavingUntil: { $lte: new Date() } };
  return (await models.User.findOneAndUpdate(lapsed, { $unset: { leavingUntil: true } }, quietly).lean()) !== null;
}

/** Takes the announcement back, when the change did not come about. */
export async function stayAdministrator(
  models: Models,
  { _id }: Pick<UserDocument, "_id">,
  { leavingUntil }: Leaving,
): Promise<void> {
  if (leavingUntil) await models.User.updateOne({ _id, leavingUntil }, { $unset: { leavingUntil: true } }, quietly);
}
