import { conflict } from "@tradegraph/kit/errors";
import {
  accountChangedMeanwhile,
  accountEvent,
  type AccountResult,
  type AccountTools,
  anyAccount,
  changeAccount,
  changedAccount,
  refuseToLesser,
} from "./account-tools.ts";

/**
 * Opens a closed account again; its sessions stay ended. That of staff is opened by administrators only.
 *
 * @throws PublicError NOT_FOUND, FORBIDDEN
 */
export async function userReactivate(
  tools: Pick<AccountTools, "models" | "viewer" | "requestId">,
  id: string,
): Promise<AccountResult> {
  const { models } = tools;
  const user = await anyAccount(models, id);
  if (user.erasedAt) throw conflict("This person was erased; let them open a new account.");
  refuseToLesser(tools.viewer, user);
  const event = accountEvent(tools, "user.reactivated", ["isActive"]);
  const { _id, version, isActive } = user;
  // Of several at once one does it, and for all of them it is done.
  if (
    !isActive &&
    !(await changeAccount(models, { _id, version }, { $set: { isActive: true } }, event)) &&
    !(await models.User.exists({ _id, isActive: true }))
  )
    throw accountChangedMeanwhile();
  return changedAccount(user);
}
