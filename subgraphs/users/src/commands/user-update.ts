import { addressErrors, storedAddress } from "../address-input.ts";
import { type UserUpdateInput } from "../generated/resolvers.ts";
import { sealedPlaces } from "../models/sealed-places.ts";
import { longestPhone, type UserDocument } from "../models/user.ts";
import { nameProblem } from "../name.ts";
import { invalidInput, type UserErrorRecord } from "../user-errors.ts";
import {
  accountChangedMeanwhile,
  accountEvent,
  type AccountResult,
  type AccountTools,
  changeAccount,
  changedAccount,
  ownAccount,
  refusedAccount,
} from "./account-tools.ts";

const names = ["firstName", "lastName"] as const;

/**
 * Changes the viewer's own data: absent fields stay, null clears those that may be empty.
 *
 * @throws PublicError UNAUTHENTICATED for a closed account
 */
export async function userUpdate(tools: AccountTools, input: UserUpdateInput): Promise<AccountResult> {
  const { models, viewer } = tools;
  const problems = problemsOf(input);
  if (problems.length > 0) return refusedAccount(...problems);
  const user = await ownAccount(models, viewer);
  const { $set, $unset } = changeOf(tools, input);
  const changes = [...Object.keys($set), ...Object.keys($unset)];
  if (changes.length === 0) return changedAccount(user);
  const event = accountEvent(tools, "user.updated", changes);
  const done = await changeAccount(models, { _id: user._id, isActive: true }, { $set, $unset }, event);
  if (!done) throw accountChangedMeanwhile();
  return changedAccount(user);
}

function changeOf({ cipher }: AccountTools, input: UserUpdateInput) {
  const $set: Partial<UserDocument> = {};
  const $unset: Partial<Record<"phone" | "address", true>> = {};
  for (const field of names) {
    const name = input[field];
    if (typeof name === "string") $set[field] = name.trim();
  }
  const phone = input.phone?.trim();
  if (phone) $set.phone = cipher.seal(phone, sealedPlaces.phone);
  else if (input.phone !== undefined) $unset.phone = true;
  if (input.address) $set.address = storedAddress(input.address, cipher, sealedPlaces.userStreet);
  else if (input.address === null) $unset.address = true;
  return { $set, $unset };
}

/** Everything that is wrong, so that a form shows it at once. */
function problemsOf({ phone, address, ...input }: UserUpdateInput): UserErrorRecord[] {
  const ofNames = names.flatMap((field) => {
    const name = input[field];
    const problem = name === undefined ? undefined : nameProblem(name?.trim() ?? "");
    return problem === undefined ? [] : [invalidInput(field, problem)];
  });
  const isPhone = phone == null || /^[+\d][\d ()/.-]*$|^$/.test(phone.trim());
  const ofPhone =
    isPhone && (phone ?? "").trim().length <= longestPhone
      ? []
      : [invalidInput("phone", `Give a number of up to ${longestPhone} characters, such as +49 40 555 0100.`)];
  return [...ofNames, ...ofPhone, ...(address ? addressErrors(address, "address") : [])];
}
