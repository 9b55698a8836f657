// What a trace tells of an operation: its name and kind, its codes, and what was looked for in the cache of whole answers.
// These stand among the steps only where traces are wanted.
import { noteErrorCodes } from "@tradegraph/kit/trace-errors";
import { currentTrace, type RequestTrace } from "@tradegraph/kit/trace";
import { type OperationAnswer, type OperationStep } from "../http/steps.ts";
import { whenDone, whenSettled } from "../promise-or-value.ts";
import { type RequestScope } from "../request-scope.ts";

function describe(trace: RequestTrace, { viewer, operationName, operationType, errorCodes }: RequestScope): void {
  trace.set({
    "tradegraph.tenant": viewer.tenantId,
    ...(operationType !== undefined && { "graphql.operation.type": operationType }),
    ...(operationName !== undefined && { "graphql.operation.name": operationName }),
  });
  noteErrorCodes(trace, errorCodes);
}

/** The first of the operation steps. */
export const traceOperation: OperationStep = (request, next) => {
  const { scope } = request;
  const trace = currentTrace();
  if (!trace) return next(request);
  return whenSettled(
    () => next(request),
    (answer) => {
      describe(trace, scope);
      return answer;
    },
    (error) => {
      describe(trace, scope);
      throw error;
    },
  );
};

/** Moments of one look, as the trace's clock tells them. */
interface Look {
  from: number;
  /** When nothing was found and the later steps were asked; undefined for a hit. */
  asked: number | undefined;
  /** Whether something had been looked for by then; whoever passes the cache by looks for nothing. */
  isLooked: boolean;
  /** When they had answered. */
  answered: number | undefined;
}

/** Spans are made when all is over: only then is known what came of the look. */
function tellLook(trace: RequestTrace, scope: RequestScope, { from, asked, isLooked, answered }: Look): void {
  const { cacheOutcome, cacheHit } = scope;
  const isHit = asked === undefined && (cacheOutcome === "hit" || cacheOutcome === "collapsed");
  if (!isHit && !isLooked) return;
  const span = trace.child("response_cache.lookup", {
    from,
    attributes: {
      "response_cache.level": "response",
      "response_cache.result": isHit ? "hit" : cacheOutcome === "stale" ? "stale" : "miss",
      ...(cacheHit && { "response_cache.tier": cacheHit.level }),
    },
  });
  span?.end(asked);
  if (cacheOutcome !== "stored" || answered === undefined) return;
  trace.child("response_cache.store", { from: answered, attributes: { "response_cache.level": "response" } })?.end();
}

/** Puts the spans of the cache around the step that answers from it. */
export function traceWholeResponses(step: OperationStep): OperationStep {
  return (request, next) => {
    const trace = currentTrace();
    if (!trace) return step(request, next);
    const look: Look = { from: trace.now(), asked: undefined, isLooked: false, answered: undefined };
    const ask: typeof next = (asked) => {
      look.asked = trace.now();
      look.isLooked = request.scope.cacheUse !== undefined;
      return whenDone(next(asked), (answer) => {
        look.answered = trace.now();
        return answer;
      });
    };
    const tell = () => {
      tellLook(trace, request.scope, look);
    };
    return whenSettled<OperationAnswer, OperationAnswer>(
      () => step(request, ask),
      (answer) => {
        tell();
        return answer;
      },
      (error) => {
        tell();
        throw error;
      },
    );
  };
}
