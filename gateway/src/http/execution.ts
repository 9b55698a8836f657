import { type LiveGraph } from "../live-graph.ts";
import { cancelScope, runInScope } from "../request-scope.ts";
import { type OperationStep } from "./steps.ts";

/** The last step: Apollo's pipeline. */
export function executeOperation(graph: LiveGraph): OperationStep {
  return async (operation) => {
    const { scope, method, headers: sent, search, body: asked } = operation;
    operation.onGone?.(() => {
      cancelScope(scope);
    });
    const request = { method, headers: sent, search, body: asked };
    const { status = 200, headers, body } = await runInScope(scope, () => graph.execute(request, scope));
    // Only @defer answers in chunks, and @apollo/gateway refuses it.
    if (body.kind !== "complete") throw new Error("An answer in chunks cannot be sent.");
    return { status, headers, body: body.string };
  };
}
