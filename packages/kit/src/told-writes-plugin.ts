import { type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import { toldWrites } from "./told-writes.ts";

/** Says in `extensions.cacheInvalidate` what the operation has written, also when it failed half-way. */
export function tellWrites<C extends BaseContext>(): ApolloServerPlugin<C> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ response: { body } }) {
          if (body.kind !== "single") return Promise.resolve();
          const { errors = [], extensions } = body.singleResult;
          const cacheInvalidate = toldWrites({ hasFailed: errors.length > 0 });
          if (cacheInvalidate) body.singleResult.extensions = { ...extensions, cacheInvalidate };
          return Promise.resolve();
        },
      }),
  };
}
