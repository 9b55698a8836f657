// Which request of a subgraph is being answered, for code that is not told: error formatting above all.
import { AsyncLocalStorage } from "node:async_hooks";
import { type ApolloServerPlugin, type BaseContext } from "@apollo/server";

export interface CurrentRequest {
  requestId: string;
  /** Known once the operation is parsed. */
  operationName?: string | undefined;
}

const storage = new AsyncLocalStorage<CurrentRequest>();

export const runForRequest = <T>(request: CurrentRequest, work: () => T): T => storage.run(request, work);

/** Undefined outside of a request, in workers and at start. */
export const currentRequest = (): CurrentRequest | undefined => storage.getStore();

/** Apollo plugin: keeps the operation's name, which is known once the document is parsed and valid. */
export const nameCurrentRequest = <C extends BaseContext>(): ApolloServerPlugin<C> => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ operationName }) {
        const request = currentRequest();
        if (request) request.operationName = operationName ?? undefined;
        return Promise.resolve();
      },
    }),
});
