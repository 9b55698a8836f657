// The span of a request, around all steps. It stands among them only where traces are wanted.
import { traceparentHeader } from "@tradegraph/kit/trace-call";
import { type Attributes } from "@tradegraph/kit/trace-attributes";
import { type RequestTrace, runInTrace, type Tracing } from "@tradegraph/kit/trace";
import { graphqlPath } from "../http/graphql.ts";
import { type Exchange, type HttpStep } from "../http/steps.ts";
import { partnerPath } from "../partner-page/open-partner-page.ts";
import { whenSettled } from "../promise-or-value.ts";

/** Asked every few seconds by whatever watches the program. */
const untraced = new Set(["/health", "/ready", "/metrics"]);
const methods = new Set(["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"]);

/** Paths that we know. What a stranger writes into others may be anything, so nothing is told of it. */
function routeOf(path: string): string | undefined {
  if (path === graphqlPath || path === partnerPath || path === "/") return path;
  return path.startsWith(`${graphqlPath}/`) ? `${graphqlPath}/:id` : undefined;
}

function describe({ request, path }: Exchange): { name: string; attributes: Attributes } {
  const given = request.method ?? "GET";
  const method = methods.has(given) ? given : "_OTHER";
  const route = routeOf(path);
  return {
    name: route === undefined ? method : `${method} ${route}`,
    attributes: {
      "http.request.method": method,
      "url.scheme": "http",
      ...(route !== undefined && { "http.route": route, "url.path": route }),
    },
  };
}

const nothing = () => undefined;

/**
 * Begins a trace for each request. A client may send the context of its own: were it continued, anybody could have all of his
 * requests recorded. W3C Trace Context, section 4.3, lets a trusted edge begin anew; the client's becomes a link.
 *
 * @param onError answers with an error, in the trace of its request. @returns its code, undefined where nobody was answered
 */
export function traceRequests(
  tracing: Tracing,
  onError: (exchange: Exchange, error: unknown) => string | undefined,
): HttpStep {
  return (exchange, next) => {
    if (untraced.has(exchange.path)) return next();
    const { response, headers } = exchange;
    const link = headers[traceparentHeader];
    const trace = tracing.start({ ...describe(exchange), link: typeof link === "string" ? link : undefined });
    let code: string | undefined;
    // Answers of several requests are sent together, each of which fails in its own trace.
    const fail = (error: unknown) => {
      runInTrace(trace, () => {
        code = onError(exchange, error);
      });
    };
    exchange.fail = fail;
    response.once("close", () => {
      end(trace, response.headersSent ? response.statusCode : undefined, code);
    });
    return runInTrace(trace, () => whenSettled(next, nothing, fail));
  };
}

/** @param status undefined where the client went away before there was one */
function end(trace: RequestTrace, status: number | undefined, code: string | undefined): void {
  if (status !== undefined) trace.set({ "http.response.status_code": status });
  if (code !== undefined) trace.set({ "graphql.error.codes": code });
  if (status !== undefined && status >= 500) trace.fail(code ?? String(status));
  trace.end();
}
