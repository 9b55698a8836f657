// A subgraph's part of a trace. It goes on with what its caller has begun and begins none itself: every visitor's request
// comes from the gateway, and what programs ask each other in the background would drown it.
import { type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import { type Request, type Response } from "express";
import { traceparentHeader } from "./trace-call.ts";
import { noteErrorCodes } from "./trace-errors.ts";
import { currentTrace, type RequestTrace, type Tracing } from "./trace.ts";

/**
 * Begins the span of a request whose signature was verified: nobody else's header is looked at.
 *
 * @returns undefined for a request without trace
 */
export function continueTrace(
  tracing: Tracing,
  { request, response, tenantId }: { request: Request; response: Response; tenantId: string },
): RequestTrace | undefined {
  const parent = request.get(traceparentHeader);
  if (parent === undefined) return undefined;
  const path = request.originalUrl.split("?")[0] ?? "";
  const route = path.startsWith("/internal/") ? "/internal/:name" : "/graphql";
  const trace = tracing.start({
    name: `${request.method} ${route}`,
    parent,
    attributes: {
      "http.request.method": request.method,
      "http.route": route,
      "url.path": path,
      "url.scheme": "http",
      "tradegraph.tenant": tenantId,
    },
  });
  response.once("close", () => {
    // A caller that went away before there was an answer got no status.
    if (response.headersSent) trace.set({ "http.response.status_code": response.statusCode });
    if (response.headersSent && response.statusCode >= 500) trace.fail(String(response.statusCode));
    trace.end();
  });
  return trace;
}

/** Apollo plugin: the operation's name and kind, its execution as a span, and the codes of its errors. */
export function traceExecution<C extends BaseContext>(): ApolloServerPlugin<C> {
  return {
    requestDidStart: () => {
      const trace = currentTrace();
      if (!trace) return Promise.resolve();
      return Promise.resolve({
        didResolveOperation({ operation, operationName }) {
          trace.set({
            ...(operation && { "graphql.operation.type": operation.operation }),
            ...(operationName && { "graphql.operation.name": operationName }),
          });
          return Promise.resolve();
        },
        executionDidStart() {
          const span = trace.child("graphql.execute");
          if (!span) return Promise.resolve();
          trace.active = span;
          return Promise.resolve({
            executionDidEnd() {
              trace.active = trace;
              span.end();
              return Promise.resolve();
            },
          });
        },
        willSendResponse({ response: { body } }) {
          const errors = body.kind === "single" ? (body.singleResult.errors ?? []) : [];
          noteErrorCodes(
            trace,
            errors.map(({ extensions }) => String(extensions?.code ?? "INTERNAL_SERVER_ERROR")),
          );
          return Promise.resolve();
        },
      });
    },
  };
}
