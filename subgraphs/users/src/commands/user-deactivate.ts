import { forbidden } from "@tradegraph/kit/errors";
import { actorOf } from "@tradegraph/kit/outbox";
import { isStaff } from "@tradegraph/kit/viewer";
import { type UserDocument } from "../models/user.ts";
import {
  accountChangedMeanwhile,
  accountEvent,
  type AccountResult,
  type AccountTools,
  anyAccount,
  changeAccount,
  changedAccount,
  ownAccount,
  refusedAccount,
  refuseToLesser,
} from "./account-tools.ts";
import { nextSessionsValidFrom } from "../sessions-valid-from.ts";
import { endSessionsWith } from "./end-sessions.ts";
import { leaveAdministrators, stayAdministrator } from "./leave-administrators.ts";
import { leaveCompanies, leftCompanies, stayInCompanies } from "./leave-companies.ts";

/**
 * Closes the viewer's own account, or any for staff with the area of people, but that of other staff for administrators
 * only; and ends its sessions. Repeating it ends those that were left when the first try was cut off. Who closes the own
 * account leaves an administrator behind in each company that has others in it; staff need not, such as when an account
 * was stolen.
 *
 * @param id the account; the viewer's own without it
 * @throws PublicError FORBIDDEN for the account of another to whom it is not allowed, NOT_FOUND, CONFLICT
 */
export async function userDeactivate(tools: AccountTools, id?: string | null): Promise<AccountResult> {
  const { models, viewer, requestId } = tools;
  const isOwn = id == null || id === viewer.userId;
  if (!isOwn && !isStaff(viewer, "users")) throw forbidden("Only staff close the accounts of others.");
  const user = isOwn ? await ownAccount(models, viewer) : await anyAccount(models, id);
  if (!isOwn) refuseToLesser(viewer, user);
  const ending = { reason: "account closed", actor: actorOf(viewer, requestId) };
  const closed = await endSessionsWith(tools, user._id, ending, () =>
    user.isActive ? close(tools, user, isOwn) : done,
  );
  if (closed) return changedAccount(user);
  const message = "This is the last administrator, of the shop or of a company; make somebody else one first.";
  return refusedAccount({ __typename: "InvalidInputError", message, field: ["id"] });
}

const done = Promise.resolve(true as const);

/** @returns undefined for the last administrator */
async function close(tools: AccountTools, user: UserDocument, isOwn: boolean): Promise<true | undefined> {
  const { models, viewer, requestId } = tools;
  const companies = isOwn ? await leaveCompanies(models, user, actorOf(viewer, requestId)) : [];
  if (!companies) return undefined;
  const isClosed = await closeAccount(tools, user).catch(async (error: unknown) => {
    await stayInCompanies(models, companies);
    throw error;
  });
  await (isClosed ? leftCompanies(models, companies) : stayInCompanies(models, companies));
  return isClosed;
}

/** @returns undefined for the last administrator of the shop */
async function closeAccount(tools: AccountTools, user: UserDocument): Promise<true | undefined> {
  const { models } = tools;
  const { _id, version } = user;
  const leaving = await leaveAdministrators(models, user);
  if (!leaving) return undefined;
  const event = accountEvent(tools, "user.deactivated", ["isActive"]);
  const $set = { isActive: false, sessionsValidFrom: nextSessionsValidFrom(user) };
  const change = { $set, $unset: { leavingUntil: true as const } };
  if (await changeAccount(models, { _id, version, ...leaving }, change, event)) return true;
  await stayAdministrator(models, user, leaving);
  throw accountChangedMeanwhile();
}
