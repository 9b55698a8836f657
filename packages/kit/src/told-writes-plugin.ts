import { type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import { toldWrites } from "./told-writes.ts";

/** Says in `extensions.cacheInvalidate` what the operation has written, also when it failed half-way. */
export function tellWrites<C extends BaseContext>(): ApolloServerPlugin<C> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ response: { body } }) {
          const cacheInvalidate = body.kind === "single" ? toldWrites() : undefined;
          if (body.kind === "single" && cacheInvalidate)
            body.singleResult.extensions = { ...body.singleResult.extensions, cacheInvalidate };
          return Promise.resolve();
        },
      }),
  };
}
