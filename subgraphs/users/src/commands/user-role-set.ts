import { type UserRoleSetInput } from "../generated/resolvers.ts";
import { type StoredStaffScope } from "../enums.ts";
import { type UserDocument } from "../models/user.ts";
import { invalidInput } from "../user-errors.ts";
import {
  accountChangedMeanwhile,
  accountEvent,
  type AccountResult,
  type AccountTools,
  anyAccount,
  changeAccount,
  changedAccount,
  refusedAccount,
} from "./account-tools.ts";
import { outdateSessionsWith, type SessionTools } from "./end-sessions.ts";
import { leaveAdministrators, stayAdministrator } from "./leave-administrators.ts";

/** What a change of a role needs; no message is written about it. */
export type RoleTools = SessionTools & Pick<AccountTools, "viewer" | "requestId">;

/**
 * Makes somebody staff, a supplier or a customer. What was issued to the person before says the old role and does not
 * count any more, so the change is seen at once; repeating it sees to that again.
 *
 * @throws PublicError NOT_FOUND, CONFLICT
 */
export async function userRoleSet(tools: RoleTools, input: UserRoleSetInput): Promise<AccountResult> {
  const { models, viewer } = tools;
  const staffScopes = input.staffScopes ? [...new Set<StoredStaffScope>(input.staffScopes)] : undefined;
  if (input.id === viewer.userId)
    return refusedAccount(invalidInput("id", "Nobody changes the own role; ask another administrator."));
  if (staffScopes && (input.role !== "admin" || staffScopes.length === 0))
    return refusedAccount(
      invalidInput("staffScopes", "Name the areas of a member of staff, at least one; leave it out otherwise."),
    );
  const user = await anyAccount(models, input.id);
  const next = { ...user, role: input.role, staffScopes };
  const hasRole = await outdateSessionsWith(tools, user._id, async () =>
    isSame(user, next) || (await change(tools, user, next)) ? true : undefined,
  );
  return hasRole
    ? changedAccount(user)
    : refusedAccount(invalidInput("id", "This is the last administrator; make somebody else one first."));
}

type Role = Pick<UserDocument, "role" | "staffScopes">;

const isSame = (one: Role, other: Role) =>
  one.role === other.role && textOf(one.staffScopes) === textOf(other.staffScopes);

const textOf = (scopes: readonly StoredStaffScope[] | undefined) => scopes && [...scopes].sort().join();

/** After every token of a clock that agrees with ours: should we die before the sessions are outdated, this is what holds. */
const nextTokensNotBefore = ({ tokensNotBefore = 0 }: Pick<UserDocument, "tokensNotBefore">) =>
  Math.max(Math.floor(Date.now() / 1_000), tokensNotBefore) + 1;

/** @returns false for the last administrator */
async function change(
  tools: RoleTools,
  user: UserDocument,
  next: Omit<UserDocument, "staffScopes"> & { staffScopes: StoredStaffScope[] | undefined },
): Promise<boolean> {
  const { models } = tools;
  const { _id, version } = user;
  const { role, staffScopes } = next;
  const leaving = await leaveAdministrators(models, user);
  if (!leaving) return false;
  const update = {
    $set: { role, tokensNotBefore: nextTokensNotBefore(user), ...(staffScopes && { staffScopes }) },
    $unset: { leavingUntil: true as const, ...(!staffScopes && { staffScopes: true as const }) },
  };
  const event = accountEvent(tools, "user.roleSet", ["role", "staffScopes"]);
  if (await changeAccount(models, { _id, version, ...leaving }, update, event)) return true;
  await stayAdministrator(models, user, leaving);
  throw accountChangedMeanwhile();
}
