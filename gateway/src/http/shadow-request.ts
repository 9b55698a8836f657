import { newScope } from "../request-scope.ts";
import { type OperationRequest } from "./steps.ts";

/** Longest that programs take over from a header, see kit/request-id.ts; a longer one would fail its signature. */
const longestId = 64;
const suffix = "-shadow";

/** The same request of the same caller once more, answered by subgraphs alone and kept nowhere; nobody waits for it. */
export function shadowRequest(request: OperationRequest): OperationRequest {
  const { method, search, httpHeaders, headers, body, bodyText } = request;
  const { requestId, viewer } = request.scope;
  const scope = newScope(`${requestId.slice(0, longestId - suffix.length)}${suffix}`, viewer);
  scope.cacheDirectives = { noCache: true, noStore: true };
  return { method, search, httpHeaders, headers, body, bodyText, scope };
}
