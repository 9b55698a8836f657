// The GraphQL endpoint: HTTP on one side, operation steps on the other.
import { type IncomingHttpHeaders } from "node:http";
import { HeaderMap } from "@apollo/server";
import { cancelScope, type RequestScope, runInScope } from "../request-scope.ts";
import { type Identify } from "../viewer.ts";
import { readJsonBody } from "./body.ts";
import { refusal } from "./refusal.ts";
import { type Exchange, type HttpStep, type OperationStep, runOperationSteps } from "./steps.ts";

export const graphqlPath = "/graphql";

/** Answers depend on these request headers, so caches must keep them apart. */
const varyOn = ["Accept", "Authorization", "X-Api-Key", "X-Tenant-Id"];

export interface GraphqlEndpointOptions {
  identify: Identify;
  bodyLimit: number;
  steps: readonly OperationStep[];
}

function headerMap(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return map;
}

async function answerOperation({ identify, bodyLimit, steps }: GraphqlEndpointOptions, exchange: Exchange) {
  const { request, response, requestId, search } = exchange;
  const { method = "GET", headers } = request;
  if (method !== "GET" && method !== "POST") {
    throw refusal(405, "BAD_REQUEST", "Send GraphQL as POST, or a query as GET.", { allow: "GET, POST" });
  }
  const body = method === "POST" ? await readJsonBody(request, bodyLimit) : undefined;
  const viewer = await identify(request);
  const scope: RequestScope = { requestId, viewer, cancellations: new Set(), cancelled: false, errorCodes: [] };
  response.once("close", () => {
    if (!response.writableFinished) cancelScope(scope);
  });
  const operation = { method, headers: headerMap(headers), search, body, scope };
  const answer = await runInScope(scope, () => runOperationSteps(steps, operation));
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (answer.status >= 400) response.setHeader("cache-control", "no-store");
  response.setHeader("vary", [response.getHeader("vary") ?? [], varyOn].flat().join(", "));
  response.writeHead(answer.status, { "content-length": Buffer.byteLength(answer.body) }).end(answer.body);
}

/** Answers every request; whatever is not for the GraphQL endpoint does not exist. */
export function graphqlEndpoint(options: GraphqlEndpointOptions): HttpStep {
  return (exchange) => {
    if (exchange.path === graphqlPath) return answerOperation(options, exchange);
    throw refusal(404, "NOT_FOUND", `There is nothing here: GraphQL is at ${graphqlPath}.`);
  };
}
