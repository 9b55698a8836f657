import { type ApolloServerPlugin } from "@apollo/server";
import { unauthenticated } from "./errors.ts";
import { type ReplayGuard } from "./replay-guard.ts";

/** Refuses a mutation whose signed request was seen before: recorded traffic must not buy twice. */
export function singleUseMutations<C extends { signature: string }>(guard: ReplayGuard): ApolloServerPlugin<C> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async didResolveOperation({ operation, contextValue }) {
          if (operation?.operation !== "mutation") return;
          if (await guard.claim(contextValue.signature)) return;
          const error = unauthenticated("This request was used before.");
          error.extensions.http = { status: 401 };
          throw error;
        },
      }),
  };
}
