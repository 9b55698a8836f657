// What of the response cache callers may see in `extensions`: that a change is not known everywhere yet, and for those who
// debug, where the parts of the answer came from.
import { type ApolloServerPlugin } from "@apollo/server";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type GraphContext } from "../request-scope.ts";

/** Sent as `true` by Apollo Sandbox when its cache debugger is open. */
export const cacheDebugHeader = "apollo-cache-debugging";

/** Of Apollo Router's payload, which we follow. */
const debugVersion = "1.0";

/** @param mayDebug tags and keys tell what others ask for, so not everybody may see them */
export function cacheExtensions(mayDebug: (viewer: Viewer) => boolean): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart({ request, contextValue: { scope } }) {
      const isWanted = request.http?.headers.get(cacheDebugHeader) === "true";
      if (isWanted && mayDebug(scope.viewer)) scope.cacheDebug = [];
      return Promise.resolve({
        willSendResponse({ response: { body, http } }) {
          const { cacheDebug: data, invalidationDeferred } = scope;
          if (body.kind !== "single" || (!data && !invalidationDeferred)) return Promise.resolve();
          const { singleResult } = body;
          singleResult.extensions = {
            ...singleResult.extensions,
            ...(invalidationDeferred && { cache: { invalidation: "deferred" } }),
            ...(data && { apolloCacheDebugging: { version: debugVersion, data } }),
          };
          if (data) http.headers.set("cache-control", "no-store");
          return Promise.resolve();
        },
      });
    },
  };
}
