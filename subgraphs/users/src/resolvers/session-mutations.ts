import { login } from "../commands/login.ts";
import { logout } from "../commands/logout.ts";
import { sessionRevoke } from "../commands/session-revoke.ts";
import { tokenRefresh } from "../commands/token-refresh.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";
import { originOf } from "../sign-in.ts";
import { goOnAs } from "./go-on-as.ts";

export const sessionMutations: MutationResolvers = {
  login: async (_, { input }, context) => goOnAs(context, await login(context, input)),
  logout: async (_, { everywhere }, context) => ({ ended: await logout(context, everywhere === true), userErrors: [] }),
  sessionRevoke: (_, { id }, context) => sessionRevoke(context, id),
  tokenRefresh: async (_, { input }, context) => goOnAs(context, await tokenRefresh(context, input, originOf(context))),
};
