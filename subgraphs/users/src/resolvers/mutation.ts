import { login } from "../commands/login.ts";
import { userRegister } from "../commands/user-register.ts";
import { type Context } from "../context.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";
import { type SignInResult } from "../sign-in.ts";

/** Who has just signed in reads the account in the same answer: the rest of the request is that person's. */
function goOnAs(context: Context, result: SignInResult): SignInResult {
  if (!result.viewer) return result;
  context.viewer = result.viewer;
  context.loaders = context.loadersFor(result.viewer);
  return result;
}

export const Mutation: MutationResolvers = {
  login: async (_, { input }, context) => goOnAs(context, await login(context, input)),
  userRegister: async (_, { input }, context) => goOnAs(context, await userRegister(context, input)),
};
