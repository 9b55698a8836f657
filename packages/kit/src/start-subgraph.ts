// The HTTP side of every subgraph: the same checks in the same order, so that four subgraphs differ only in their graph.
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import { type GraphQLSchema } from "graphql";
import { type Admission, admit, refuse, type RequestContext } from "./admission.ts";
import { maskErrors } from "./error-masking.ts";
import { currentRequest, nameCurrentRequest, runForRequest } from "./current-request.ts";
import { createHealth, type Dependency, type Health } from "./health.ts";
import { type SigningKeys } from "./internal-assertion.ts";
import { answerInternal, type InternalRoutes } from "./internal-routes.ts";
import { cacheAnswers } from "./cache-answer-plugin.ts";
import { cacheTagsHeader } from "./cache-answer.ts";
import { type Logger } from "./logger.ts";
import { type Registry } from "./metrics.ts";
import { operationMetrics } from "./operation-metrics.ts";
import { runTracked } from "./read-scope.ts";
import { type ReplayGuard } from "./replay-guard.ts";
import { singleUseMutations } from "./single-use-mutations.ts";
import { runForTenant } from "./tenancy.ts";
import { runTelling } from "./told-writes.ts";
import { tellWrites } from "./told-writes-plugin.ts";
import { continueTrace, traceExecution } from "./trace-subgraph.ts";
import { runInTrace, type Tracing } from "./trace.ts";
import { trackedFieldResolver } from "./tracked-resolvers.ts";

export interface SubgraphOptions<C extends RequestContext> {
  /** The receiver that callers name in their signature. */
  name: string;
  schema: GraphQLSchema;
  /** Adds the subgraph's own part, fresh loaders above all. */
  createContext: (base: RequestContext) => C;
  keys: SigningKeys;
  replayGuard: ReplayGuard;
  dependencies: Dependency[];
  logger: Logger;
  metrics: Registry;
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** Largest request body in bytes: `_entities` of some thousand references. */
  bodyLimit?: number;
  /** Routes outside GraphQL that anybody may call, such as JWKS (ruling 21). */
  publicRoutes?: (app: Express) => void;
  /** `POST /internal/<name>`, for signed calls of our own programs. */
  internalRoutes?: InternalRoutes;
  /** Told of every caller that is not believed. */
  onRefused?: Admission["onRefused"];
  /** Goes on with the traces of callers; undefined makes none. */
  tracing?: Tracing | undefined;
}

export interface RunningSubgraph {
  /** GraphQL endpoint. */
  url: string;
  port: number;
  health: Health;
  /** Finishes running requests, then closes. */
  stop: () => Promise<void>;
}

/** Listens and serves. @throws Error when the port is taken */
export async function startSubgraph<C extends RequestContext>(options: SubgraphOptions<C>): Promise<RunningSubgraph> {
  const app = express().disable("x-powered-by").disable("etag");
  const httpServer = createServer(app);
  const apollo = new ApolloServer<C>({
    schema: options.schema,
    fieldResolver: trackedFieldResolver,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    // Callers are our own programs and sign each request; browsers cannot.
    csrfPrevention: false,
    persistedQueries: false,
    // Apollo would end the process itself as soon as its own part has stopped, before databases are closed.
    stopOnTerminationSignals: false,
    formatError: maskErrors(options.logger),
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      operationMetrics(options.metrics),
      nameCurrentRequest(),
      ...(options.tracing ? [traceExecution()] : []),
      cacheAnswers(),
      tellWrites(),
      singleUseMutations(options.replayGuard),
      ApolloServerPluginDrainHttpServer({ httpServer }),
    ],
  });
  await apollo.start();
  const health = createHealth({ dependencies: options.dependencies });
  addHealthRoutes(app, health, options.metrics);
  options.publicRoutes?.(app);
  const rawBody = express.raw({ type: () => true, inflate: false, limit: options.bodyLimit ?? 2 * 1024 * 1024 });
  const believed: RequestHandler = (request, response, next) => {
    const base = admit(options, request, response);
    if (!base) return;
    response.locals.context = base;
    const work = request.get(cacheTagsHeader) === undefined ? next : () => runTracked(next);
    const { tenantId } = base.viewer;
    const trace = options.tracing && continueTrace(options.tracing, { request, response, tenantId });
    runForRequest({ requestId: base.requestId }, () => {
      runForTenant(tenantId, () => {
        runTelling(trace ? () => runInTrace(trace, work) : work);
      });
    });
  };
  app.post("/internal/:name", rawBody, believed, answerInternal(options.internalRoutes ?? {}, options.replayGuard));
  app.use("/graphql", rawBody, believed);
  app.use(
    "/graphql",
    expressMiddleware(apollo, {
      context: ({ res }) => Promise.resolve(options.createContext(res.locals.context as RequestContext)),
    }),
  );
  app.use((_request, response) => refuse(response, 404, "NOT_FOUND", "There is nothing here."));
  app.use((error: { status?: number }, _request: Request, response: Response, _next: unknown) => {
    if (!error.status || error.status >= 500)
      options.logger.error({ ...currentRequest(), error }, "A request failed before GraphQL");
    refuse(
      response,
      error.status ?? 500,
      error.status ? "BAD_USER_INPUT" : "INTERNAL_SERVER_ERROR",
      "The request is wrong.",
    );
  });
  const port = await listen(httpServer, options.port, options.host);
  return {
    port,
    url: `http://${options.host === "0.0.0.0" ? "127.0.0.1" : options.host}:${port}/graphql`,
    health,
    async stop() {
      health.drain();
      await apollo.stop();
    },
  };
}

function addHealthRoutes(app: Express, health: Health, metrics: Registry): void {
  app.get("/health", (_request, response) => {
    const { status, body } = health.live();
    response.status(status).json(body);
  });
  app.get("/ready", async (request, response) => {
    const { status, body } = await health.ready(request.query.all === "1");
    response.status(status).json(body);
  });
  app.get("/metrics", async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
