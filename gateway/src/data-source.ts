// How the gateway talks to one subgraph (ruling 23): signed, timed, bounded, never repeated.
import { type IncomingHttpHeaders } from "node:http";
import { type GraphQLDataSource } from "@apollo/gateway";
import { cacheTagsHeader } from "@tradegraph/kit/cache-answer";
import { type PublicError, serviceUnavailable } from "@tradegraph/kit/errors";
import { type SigningKeys, signRequest } from "@tradegraph/kit/internal-assertion";
import { type Logger } from "@tradegraph/kit/logger";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type GraphQLFormattedError } from "graphql";
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

/** A question to a subgraph. */
export interface Question {
  query: string;
  operationName?: string | undefined;
  variables?: Readonly<Record<string, unknown>> | undefined;
  /** Whom the subgraph sees. */
  viewer: Viewer;
  requestId: string;
  /** Ends the request with its caller; without it the request goes on, because others may wait for the answer too. */
  caller?: Pick<RequestScope, "cancelled" | "cancellations"> | undefined;
  /** Asks the subgraph to tell what each part of its answer depends on, see kit/cache-answer.ts. */
  asksForTags?: boolean;
}

export interface OriginAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}

/** Asks a subgraph. @throws PublicError SERVICE_UNAVAILABLE, a new one each time, when there is no answer */
export type Origin = (question: Question) => Promise<OriginAnswer>;

/** A fetch that @apollo/gateway makes for a client. */
export type ClientFetch = Extract<Parameters<GraphQLDataSource["process"]>[0], { incomingRequestContext: unknown }>;

/** Apollo's policy of the whole answer, from which its `Cache-Control` header comes. */
export interface OverallPolicy {
  restrict: (hint: CacheHint) => void;
}

export const scopeOf = (fetch: ClientFetch): RequestScope => (fetch.context as GraphContext).scope;

export const overallPolicyOf = ({ incomingRequestContext }: ClientFetch): OverallPolicy | undefined =>
  incomingRequestContext.overallCachePolicy as OverallPolicy | undefined;

/** Says to which fetch an error belongs that has no path. */
export const atFetch = <E extends object>(error: E, { request, pathInIncomingRequest }: ClientFetch): E =>
  rememberSite(error, { path: pathInIncomingRequest ?? [], fields: requestedFields(request.query ?? "") });

/**
 * Statuses whose body is believed if it is GraphQL. 400 and 422 are for variables that a custom scalar of the subgraph
 * refuses; every other 4xx, 401 above all, is a quarrel between our own programs and none of the client's business.
 */
const graphqlStatus = (status: number) => (status >= 200 && status < 300) || status === 400 || status === 422;

function readAnswer({ status, headers, text }: SubgraphAnswer): OriginAnswer {
  if (!graphqlStatus(status)) throw new NoAnswer("unavailable", `status ${status}: ${text.slice(0, 200)}`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new NoAnswer("unavailable", `status ${status} without JSON: ${text.slice(0, 200)}`);
  }
  const { data, errors, extensions } = (body ?? {}) as Partial<OriginAnswer>;
  const wellFormed = (data !== undefined && typeof data === "object") || Array.isArray(errors);
  if (!wellFormed) throw new NoAnswer("unavailable", `status ${status} with JSON that is no GraphQL answer`);
  return {
    headers,
    ...(data !== undefined && { data }),
    ...(Array.isArray(errors) && { errors: errors as GraphQLFormattedError[] }),
    ...(extensions && typeof extensions === "object" && { extensions }),
  };
}

/** One subgraph. */
export function createOrigin(options: DataSourceOptions): Origin {
  const { service, client, keys, logger, durations } = options;
  const { origin, pathname, search } = new URL(options.url);

  const ask = async (question: Question) => {
    const { query, operationName, variables, viewer, requestId, caller, asksForTags } = question;
    if (caller?.cancelled) throw new NoAnswer("cancelled", "our caller went away");
    const body = JSON.stringify({ query, operationName, variables });
    const signed = keys
      ? signRequest(keys, viewer, { audience: service, method: "POST", path: pathname, body, requestId })
      : { "x-request-id": requestId };
    const headers = {
      ...{ ...signed, "content-type": "application/json", accept: "application/json" },
      ...(asksForTags && { [cacheTagsHeader]: "1" }),
    };
    return client.send({
      ...{ method: "POST", origin, path: pathname + search, headers, body },
      ...(caller && { cancellations: (caller.cancellations ??= new Set()) }),
    });
  };

  return async (question) => {
    const end = durations.startTimer({ subgraph: service });
    try {
      const answer = readAnswer(await ask(question));
      end({ outcome: answer.errors ? "error" : "ok" });
      return answer;
    } catch (error) {
      const outcome = error instanceof NoAnswer ? error.reason : "unavailable";
      end({ outcome });
      if (outcome !== "cancelled") {
        const reason = error instanceof Error ? error.message : String(error);
        const { requestId } = question;
        logger.error({ requestId, subgraph: service, outcome, reason }, "A subgraph gave no answer");
      }
      const advice = outcome === "timeout" ? "did not answer in time" : "does not answer";
      throw serviceUnavailable(`The ${service} service ${advice}; try again.`, service);
    }
  };
}

/** Asks what @apollo/gateway wants to know, or something else in its place, as the caller. @throws see {@link Origin} */
export function askAsCaller(origin: Origin, fetch: ClientFetch, instead?: Pick<Question, "query" | "variables">) {
  const { query = "", operationName, variables } = fetch.request;
  const scope = scopeOf(fetch);
  return origin({
    ...(instead ?? { query, operationName, variables }),
    ...{ viewer: scope.viewer, requestId: scope.requestId },
    // A mutation goes on when its client leaves: half of it may have happened already.
    caller: fetch.incomingRequestContext.operation.operation === "query" ? scope : undefined,
  });
}

/** Passes a fetch on to the subgraph as it is. @throws PublicError that knows its place, see fetch-site.ts */
export async function passOn(origin: Origin, fetch: ClientFetch): Promise<OriginAnswer> {
  const overall = overallPolicyOf(fetch);
  try {
    const answer = await askAsCaller(origin, fetch);
    overall?.restrict(parseCacheControl(answer.headers["cache-control"]));
    for (const error of answer.errors ?? []) {
      if (!error.path) atFetch(error, fetch);
    }
    return answer;
  } catch (error) {
    overall?.restrict({ maxAge: 0 });
    throw atFetch(error as PublicError, fetch);
  }
}

/** What @apollo/gateway gets to see of an answer. */
export const shownAnswer = ({ data, errors }: Pick<OriginAnswer, "data" | "errors">) => ({
  ...(data !== undefined && { data }),
  ...(errors && { errors: [...errors] }),
});

/** A data source for one subgraph. A subgraph that gives no answer fails the fields asked of it, and nothing else. */
export function createDataSource(options: DataSourceOptions): GraphQLDataSource {
  const origin = createOrigin(options);
  return {
    async process(fetch) {
      if (!("incomingRequestContext" in fetch)) throw new Error("The gateway asks subgraphs only for a client.");
      return shownAnswer(await passOn(origin, fetch));
    },
  };
}
