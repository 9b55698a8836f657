// How the gateway talks to one subgraph (ruling 23): signed, timed, bounded, never repeated.
import { type GraphQLDataSource } from "@apollo/gateway";
import { serviceUnavailable } from "@tradegraph/kit/errors";
import { type SigningKeys, signRequest } from "@tradegraph/kit/internal-assertion";
import { type Logger } from "@tradegraph/kit/logger";
import { type CacheHint, parseCacheControl } from "./cache-control.ts";
import { rememberSite, requestedFields } from "./fetch-site.ts";
import { type GatewayMetrics } from "./gateway-metrics.ts";
import { type GraphContext, type RequestScope } from "./request-scope.ts";
import { NoAnswer, type SubgraphAnswer, type SubgraphClient } from "./subgraph-client.ts";

export interface DataSourceOptions {
  service: string;
  url: string;
  client: SubgraphClient;
  /** Undefined leaves requests unsigned, for graphs that are not ours. */
  keys: SigningKeys | undefined;
  logger: Logger;
  durations: GatewayMetrics["fetchDurations"];
}

type Answer = Awaited<ReturnType<GraphQLDataSource["process"]>>;

/**
 * Statuses whose body is believed if it is GraphQL. 400 and 422 are for variables that a custom scalar of the subgraph
 * refuses; every other 4xx, 401 above all, is a quarrel between our own programs and none of the client's business.
 */
const graphqlStatus = (status: number) => (status >= 200 && status < 300) || status === 400 || status === 422;

function readAnswer({ status, text }: SubgraphAnswer): Answer {
  if (!graphqlStatus(status)) throw new NoAnswer("unavailable", `status ${status}: ${text.slice(0, 200)}`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new NoAnswer("unavailable", `status ${status} without JSON: ${text.slice(0, 200)}`);
  }
  const { data, errors } = (body ?? {}) as Answer;
  const wellFormed = (data !== undefined && typeof data === "object") || Array.isArray(errors);
  if (!wellFormed) throw new NoAnswer("unavailable", `status ${status} with JSON that is no GraphQL answer`);
  return { ...(data !== undefined && { data }), ...(Array.isArray(errors) && { errors }) };
}

/** A data source for one subgraph. A subgraph that gives no answer fails the fields asked of it, and nothing else. */
export function createDataSource(options: DataSourceOptions): GraphQLDataSource {
  const { service, client, keys, logger, durations } = options;
  const { origin, pathname, search } = new URL(options.url);

  const ask = async (scope: RequestScope, body: string, cancellable: boolean) => {
    const { viewer, requestId } = scope;
    if (cancellable && scope.cancelled) throw new NoAnswer("cancelled", "our caller went away");
    const signed = keys
      ? signRequest(keys, viewer, { audience: service, method: "POST", path: pathname, body, requestId })
      : { "x-request-id": requestId };
    const headers = { ...signed, "content-type": "application/json", accept: "application/json" };
    return client.send({
      ...{ method: "POST", origin, path: pathname + search, headers, body },
      ...(cancellable && { cancellations: scope.cancellations }),
    });
  };

  return {
    async process(fetch) {
      if (!("incomingRequestContext" in fetch)) throw new Error("The gateway asks subgraphs only for a client.");
      const { request, incomingRequestContext: incoming } = fetch;
      const { scope } = fetch.context as GraphContext;
      const { query = "", operationName, variables } = request;
      const policy = incoming.overallCachePolicy as { restrict: (hint: CacheHint) => void } | undefined;
      const site = () => ({ path: fetch.pathInIncomingRequest ?? [], fields: requestedFields(query) });
      const end = durations.startTimer({ subgraph: service });
      try {
        const body = JSON.stringify({ query, operationName, variables });
        // A mutation goes on when its client leaves: half of it may have happened already.
        const received = await ask(scope, body, incoming.operation.operation === "query");
        const answer = readAnswer(received);
        policy?.restrict(parseCacheControl(received.headers["cache-control"]));
        for (const error of answer.errors ?? []) {
          if (!error.path) rememberSite(error, site());
        }
        end({ outcome: answer.errors ? "error" : "ok" });
        return answer;
      } catch (error) {
        policy?.restrict({ maxAge: 0 });
        const outcome = error instanceof NoAnswer ? error.reason : "unavailable";
        end({ outcome });
        if (outcome !== "cancelled") {
          const reason = error instanceof Error ? error.message : String(error);
          logger.error({ requestId: scope.requestId, subgraph: service, outcome, reason }, "A subgraph gave no answer");
        }
        const advice = outcome === "timeout" ? "did not answer in time" : "does not answer";
        throw rememberSite(serviceUnavailable(`The ${service} service ${advice}; try again.`, service), site());
      }
    },
  };
}
