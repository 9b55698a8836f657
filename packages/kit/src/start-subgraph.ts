// The HTTP side of every subgraph: the same checks in the same order, so that four subgraphs differ only in their graph.
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { ApolloServer, type BaseContext } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type Express, type Request, type Response } from "express";
import { type GraphQLSchema } from "graphql";
import { maskErrors } from "./error-masking.ts";
import { createHealth, type Dependency, type Health } from "./health.ts";
import { type SigningKey, verifyRequest } from "./internal-assertion.ts";
import { type Logger } from "./logger.ts";
import { type Registry } from "./metrics.ts";
import { operationMetrics } from "./operation-metrics.ts";
import { type ReplayGuard } from "./replay-guard.ts";
import { singleUseMutations } from "./single-use-mutations.ts";
import { runForTenant } from "./tenancy.ts";
import { type Viewer } from "./viewer.ts";

/** What every resolver finds in its context; a subgraph adds its loaders. */
export interface RequestContext extends BaseContext {
  viewer: Viewer;
  requestId: string;
  logger: Logger;
  /** Signature of the request, which a mutation uses up. */
  signature: string;
  /** Aborted when the connection ends, because the answer is sent or the caller is gone. */
  closed: AbortSignal;
}

export interface SubgraphOptions<C extends RequestContext> {
  schema: GraphQLSchema;
  /** Adds the subgraph's own part, fresh loaders above all. */
  createContext: (base: RequestContext) => C;
  keys: readonly SigningKey[];
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
      singleUseMutations(options.replayGuard),
      ApolloServerPluginDrainHttpServer({ httpServer }),
    ],
  });
  await apollo.start();
  const health = createHealth({ dependencies: options.dependencies });
  addHealthRoutes(app, health, options.metrics);
  options.publicRoutes?.(app);
  app.use(
    "/graphql",
    express.raw({ type: () => true, inflate: false, limit: options.bodyLimit ?? 2 * 1024 * 1024 }),
    (request, response, next) => {
      const base = admit(options, request, response);
      if (!base) return;
      response.locals.context = base;
      runForTenant(base.viewer.tenantId, next);
    },
  );
  app.use(
    "/graphql",
    expressMiddleware(apollo, {
      context: ({ res }) => Promise.resolve(options.createContext(res.locals.context as RequestContext)),
    }),
  );
  app.use((_request, response) => refuse(response, 404, "NOT_FOUND", "There is nothing here."));
  app.use((error: { status?: number }, _request: Request, response: Response, _next: unknown) => {
    if (!error.status || error.status >= 500) options.logger.error({ error }, "A request failed before GraphQL");
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

/** Believes the signed assertion or answers 401; the body is parsed only after that. */
function admit<C extends RequestContext>(
  options: SubgraphOptions<C>,
  request: Request,
  response: Response,
): RequestContext | undefined {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const requestId = request.get("x-request-id") ?? "";
  const path = request.originalUrl.split("?")[0] ?? "";
  const verified = verifyRequest(options.keys, request.headers, { method: request.method, path, body: raw, requestId });
  const logger = options.logger.child({ requestId });
  if ("refused" in verified) {
    logger.warn({ reason: verified.refused }, "A request without a valid assertion was refused");
    refuse(response, 401, "UNAUTHENTICATED", "Only the gateway may call this service.");
    return undefined;
  }
  try {
    request.body = JSON.parse(raw.toString("utf8")) as unknown;
  } catch {
    refuse(response, 400, "BAD_USER_INPUT", "The body is no JSON.");
    return undefined;
  }
  const closed = new AbortController();
  response.once("close", () => {
    closed.abort();
  });
  return { viewer: verified.viewer, requestId, logger, signature: verified.signature, closed: closed.signal };
}

function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
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
