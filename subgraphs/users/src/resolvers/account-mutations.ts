import { emailVerificationSend } from "../commands/email-verification-send.ts";
import { emailVerify } from "../commands/email-verify.ts";
import { passwordChange } from "../commands/password-change.ts";
import { passwordResetSend } from "../commands/password-reset-send.ts";
import { passwordReset } from "../commands/password-reset.ts";
import { userDeactivate } from "../commands/user-deactivate.ts";
import { userReactivate } from "../commands/user-reactivate.ts";
import { userRegister } from "../commands/user-register.ts";
import { userRoleSet } from "../commands/user-role-set.ts";
import { userUpdate } from "../commands/user-update.ts";
import { type AccountResult } from "../commands/account-tools.ts";
import { type Context } from "../context.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";
import { goOnAs } from "./go-on-as.ts";

/** The account as it is now: what this request read of it before may be old. */
async function payload({ loaders }: Context, { userId, userErrors }: AccountResult) {
  if (!userId) return { user: null, userErrors };
  return { user: await loaders.userById.clear(userId).load(userId), userErrors };
}

export const accountMutations: MutationResolvers = {
  userRegister: async (_, { input }, context) => goOnAs(context, await userRegister(context, input)),
  emailVerificationSend: async (_, _args, context) => payload(context, await emailVerificationSend(context)),
  emailVerify: async (_, { token }, context) => payload(context, await emailVerify(context, token)),
  passwordChange: async (_, { input }, context) => goOnAs(context, await passwordChange(context, input)),
  passwordResetSend: (_, { email }, context) => passwordResetSend(context, email),
  passwordReset: async (_, { input }, context) => payload(context, await passwordReset(context, input)),
  userUpdate: async (_, { input }, context) => payload(context, await userUpdate(context, input)),
  userDeactivate: async (_, { id }, context) => payload(context, await userDeactivate(context, id)),
  userReactivate: async (_, { id }, context) => payload(context, await userReactivate(context, id)),
  userRoleSet: async (_, { input }, context) => payload(context, await userRoleSet(context, input)),
};
