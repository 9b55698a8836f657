// A shop always has an administrator. There is no transaction over accounts, so whoever is about to stop being one says so
// first and looks around then: of two who leave at once at least one sees the other.
import { type Models } from "../models.ts";
import { type UserDocument } from "../models/user.ts";

/** Far longer than the rest of the change takes; afterwards a change that was cut off is forgotten. */
const announcedMs = 60_000;

/** Staff without limits, and able to sign in. */
export const isAdministrator = ({ role, isActive, staffScopes }: UserDocument): boolean =>
  role === "admin" && isActive && staffScopes === undefined;

/**
 * Announces that an administrator stops being one. The change itself must follow at once, and remove `leavingUntil`.
 *
 * @returns false when nobody else would be left; nothing is announced then
 */
export async function leaveAdministrators(models: Models, { _id }: Pick<UserDocument, "_id">): Promise<boolean> {
  const quietly = { timestamps: false } as const;
  const leavingUntil = new Date(Date.now() + announcedMs);
  await models.User.updateOne({ _id }, { $set: { leavingUntil } }, quietly);
  const other = await models.User.findOne(
    {
      _id: { $ne: _id },
      role: "admin",
      isActive: true,
      staffScopes: { $exists: false },
      $or: [{ leavingUntil: { $exists: false } }, { leavingUntil: { $lte: new Date() } }],
    },
    { _id: 1 },
  ).lean();
  if (other) return true;
  await stayAdministrator(models, { _id });
  return false;
}

/** Takes the announcement back, when the change did not come about. */
export async function stayAdministrator(models: Models, { _id }: Pick<UserDocument, "_id">): Promise<void> {
  await models.User.updateOne({ _id }, { $unset: { leavingUntil: true } }, { timestamps: false });
}
