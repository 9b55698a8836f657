// Spans inside the graph: reading and planning an operation, asking subgraphs, and looking for parts of answers. Nothing of
// this is put around anything unless traces are wanted.
import { type ApolloServerPlugin } from "@apollo/server";
import { traceCall } from "@tradegraph/kit/trace-call";
import { currentTrace, type TraceSpan } from "@tradegraph/kit/trace";
import { GraphQLError } from "graphql";
import { type Executor } from "../authorization/authorize-executor.ts";
import { type CacheStore } from "../cache/store/store.ts";
import { type GraphContext } from "../request-scope.ts";
import { NoAnswer, type SubgraphClient } from "../subgraph-client.ts";

function ended(span: TraceSpan | undefined, code: string) {
  return (error?: unknown): Promise<void> => {
    if (error !== undefined && (!Array.isArray(error) || error.length > 0)) span?.fail(code);
    span?.end();
    return Promise.resolve();
  };
}

/** Apollo plugin: parsing and validation, which only texts that nobody has sent before go through. */
export const traceReading = (): ApolloServerPlugin<GraphContext> => ({
  requestDidStart: () =>
    Promise.resolve({
      parsingDidStart: () => Promise.resolve(ended(currentTrace()?.child("graphql.parse"), "GRAPHQL_PARSE_FAILED")),
      validationDidStart: () =>
        Promise.resolve(ended(currentTrace()?.child("graphql.validate"), "GRAPHQL_VALIDATION_FAILED")),
    }),
});

const codeOf = (error: unknown): string =>
  error instanceof GraphQLError && typeof error.extensions.code === "string"
    ? error.extensions.code
    : "INTERNAL_SERVER_ERROR";

/** A request that may have to wait for its plan. */
interface Wait {
  from: number;
  /** The plan was there at once, so far. */
  isShort: boolean;
  isOver: boolean;
}

/**
 * Makes the wait for a plan a span. A plan that is there at once makes none.
 *
 * @param plan puts planning around an executor
 */
export function tracePlanning(plan: (execute: Executor) => Executor, execute: Executor): Executor {
  const waits = new WeakMap<object, Wait>();
  const end = (scope: object, code?: string) => {
    const wait = waits.get(scope);
    if (!wait || wait.isOver) return;
    wait.isOver = true;
    if (wait.isShort) return;
    const span = currentTrace()?.child("graphql.plan", { from: wait.from });
    if (code !== undefined) span?.fail(code);
    span?.end();
  };
  const planned = plan((context) => {
    end((context.context as GraphContext).scope);
    return execute(context);
  });
  return (context) => {
    const trace = currentTrace();
    if (!trace) return planned(context);
    const { scope } = context.context as GraphContext;
    const wait: Wait = { from: trace.now(), isShort: true, isOver: false };
    waits.set(scope, wait);
    const answer = planned(context);
    wait.isShort = false;
    return answer.catch((error: unknown) => {
      end(scope, codeOf(error));
      throw error;
    });
  };
}

/** Makes each request to a subgraph a span, which the subgraph continues. */
export const traceClient = ({ send, close }: SubgraphClient, service: string): SubgraphClient => ({
  send: (request) => {
    const { method, origin, path } = request;
    return traceCall(
      { service, method, origin, path: path.split("?")[0] ?? path },
      (headers) => send({ ...request, headers: { ...request.headers, ...headers } }),
      (error) => (error instanceof NoAnswer ? error.reason : "unavailable"),
    );
  },
  close,
});

/** Makes looking for parts of answers a span, by how many were found. */
export const traceStore = (store: CacheStore): CacheStore => ({
  ...store,
  async find(keys) {
    if (keys.length === 0) return [];
    const span = currentTrace()?.child("response_cache.lookup", {
      attributes: { "response_cache.level": "subgraph", "response_cache.parts": keys.length },
    });
    const found = await store.find(keys);
    const hits = found.filter((one) => one !== undefined);
    const isStale = hits.some(({ state }) => state !== "fresh");
    const all = isStale ? "stale" : "hit";
    span?.set({
      "response_cache.parts_found": hits.length,
      "response_cache.result": hits.length === 0 ? "miss" : hits.length < keys.length ? "partial" : all,
    });
    span?.end();
    return found;
  },
});
