// A shop that begins empty has nobody who could make somebody an administrator: an operator does, once.
import { noSessionTags } from "@tradegraph/kit/session-tag";
import { serviceViewer } from "@tradegraph/kit/viewer";
import { currentTenant } from "@tradegraph/kit/tenancy";
import { emailKey } from "../email.ts";
import { type Models } from "../models.ts";
import { type UserDocument } from "../models/user.ts";
import { isAdministrator } from "./leave-administrators.ts";
import { userRoleSet } from "./user-role-set.ts";

/** For the audit log: who did it has no account. */
const SCOPE = "administrator-first";

/**
 * Makes an account of this shop its first administrator. Whoever comes second is refused: from then on administrators
 * decide. Repeating it for the same account changes nothing.
 *
 * @returns whether anything changed
 * @throws Error in words for the operator
 */
export async function administratorFirst(models: Models, email: string, requestId: string): Promise<boolean> {
  const tenantId = currentTenant();
  const user = await models.User.findOne({ emailLower: emailKey(email) }).lean<UserDocument | null>();
  if (!user) throw new Error(`Nobody has registered in ${tenantId} with this address.`);
  if (isAdministrator(user)) return false;
  const others = { role: "admin" as const, isActive: true, staffScopes: { $exists: false } };
  if (await models.User.exists(others))
    throw new Error(`${tenantId} has an administrator already, who can make others one by userRoleSet.`);
  if (!user.isActive) throw new Error("The account is closed.");
  // Anybody can register with somebody else's address; only its owner gets the message with the link.
  if (!user.emailVerifiedAt) throw new Error("The address is not verified: follow the link of the message first.");
  const viewer = serviceViewer(tenantId, [SCOPE]);
  const tools = { models, viewer, requestId, sessionTags: noSessionTags };
  const { userErrors } = await userRoleSet(tools, { id: user._id.toHexString(), role: "admin" });
  if (userErrors.length > 0) throw new Error(userErrors.map(({ message }) => message).join(" "));
  return true;
}
