// Counts what visitors ask for and may be kept, so that another gateway can ask for it before they do.
import { type PopularOperation, type PopularOperations } from "../cache/operate/popular-operations.ts";
import { observeOperations, type OperationRequest, type OperationStep } from "./steps.ts";

const isKept = new Set(["hit", "stored", "collapsed"]);
/** Longer requests are not counted, so that counting takes no time. */
const maxCharacters = 8 * 1024;

function operationOf({ body, search, scope: { viewer } }: OperationRequest): PopularOperation {
  const asked = body ?? Object.fromEntries(new URLSearchParams(search));
  const { query, operationName, variables } = asked as Record<string, unknown>;
  const named = typeof operationName === "string" ? { operationName } : {};
  const values = typeof variables === "string" ? (JSON.parse(variables) as unknown) : variables;
  return {
    ...{ tenantId: viewer.tenantId, query: String(query), ...named },
    ...(values ? { variables: values as Record<string, unknown> } : {}),
  };
}

/** In front of the response cache. */
export function countPopular({ record }: Pick<PopularOperations, "record">): OperationStep {
  return observeOperations({
    answered(request, answer) {
      const { scope, bodyText, search } = request;
      const { role, companyId, tenantId } = scope.viewer;
      const text = bodyText ?? search;
      const isPublic = role === "anonymous" && companyId === undefined && isKept.has(scope.cacheOutcome ?? "");
      if (isPublic && answer.status < 400 && text.length <= maxCharacters) {
        record(tenantId, text, () => operationOf(request));
      }
    },
  });
}
