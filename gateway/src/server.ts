// Wires the gateway together. Reads no environment and listens only when told to.
import { type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { createHealth, type Dependency, type Health } from "@tradegraph/kit/health";
import { createInternalClient, type InternalClient } from "@tradegraph/kit/internal-client";
import { requestIdHeader } from "@tradegraph/kit/request-id";
import { type AuthorizationOptions } from "./authorization/authorize-executor.ts";
import { openAudit } from "./audit/open-audit.ts";
import { type ApiKeys, openApiKeys } from "./api-keys.ts";
import { type OpenCache, openCache } from "./cache/open-cache.ts";
import { createWarming } from "./cache/operate/warming.ts";
import { type AddressOf, createAddressOf } from "./client-address.ts";
import { createErrorFormatter } from "./error-masking.ts";
import { createGatewayMetrics } from "./gateway-metrics.ts";
import { type GatewayOptions } from "./gateway-options.ts";
import { readGraphFiles, watchGraphFiles } from "./graph-files.ts";
import { type Guard } from "./guards.ts";
import { allowOrigins } from "./http/cors.ts";
import { drainServer } from "./http/drain-server.ts";
import { executeOperation } from "./http/execution.ts";
import { graphqlEndpoint, type GraphqlEndpointOptions, graphqlShortcut } from "./http/graphql.ts";
import { operationLog } from "./http/operation-log.ts";
import { openServer } from "./http/open-server.ts";
import { pageRoutes, showPageToBrowsers } from "./http/pages.ts";
import { countPopular } from "./http/popular.ts";
import { sendError } from "./http/refusal.ts";
import { echoRequestId } from "./http/request-id.ts";
import { answerRoutes, operatorRoutes } from "./http/routes.ts";
import { securityHeaders, setFixedHeaders, withHeaders } from "./http/security-headers.ts";
import { shadowHits } from "./http/shadow.ts";
import { chainOperationSteps, type Exchange, type OperationStep } from "./http/steps.ts";
import { visitorRequest } from "./http/visitor-request.ts";
import { mutationFieldsOnly } from "./limits/limit-rules.ts";
import { openLimits } from "./limits/open-limits.ts";
import { type LiveGraph, startLiveGraph } from "./live-graph.ts";
import { createOperationLabels } from "./operation-labels.ts";
import { openOperations } from "./operations/open-operations.ts";
import { type PrepareOperations } from "./operations/operation-list.ts";
import { openPartnerLists } from "./operations/open-partner-lists.ts";
import { openPartnerPage } from "./partner-page/open-partner-page.ts";
import { openPlanning, usualWarmUpMs } from "./planning/open-planning.ts";
import { openRateLimit } from "./rate-limit/open-rate-limit.ts";
import { gatewayDependencies } from "./readiness.ts";
import { createSessionCheck } from "./session-check.ts";
import { createSessionMemory, noMemory } from "./session-memory.ts";
import { createSubgraphClient } from "./subgraph-client.ts";
import { traceStore } from "./tracing/trace-graph.ts";
import { traceOperation, traceWholeResponses } from "./tracing/trace-operations.ts";
import { traceRequests } from "./tracing/trace-requests.ts";
import { createIdentify, createTokenVerifier } from "./viewer.ts";

export interface Gateway {
  /** @param port 0 takes a free one. @returns the port. @throws Error when it is taken */
  listen: (port: number, host: string) => Promise<number>;
  health: Health;
  /** For operators; undefined where nothing is kept. */
  cache: OpenCache | undefined;
  subgraphs: () => readonly string[];
  /** Accepts nothing more and resolves when every running request is answered. */
  drain: () => Promise<void>;
  /** Ends the graph and its connections to subgraphs. */
  close: () => Promise<void>;
}

function createCheckSession({ sessions, redis, logger }: GatewayOptions, users: InternalClient | undefined) {
  if (!sessions) return undefined;
  if (!users) throw new Error("Sessions cannot be checked without `usersUrl`.");
  const memory = redis ? createSessionMemory(redis, sessions.redisNamespace, logger) : noMemory;
  return createSessionCheck({ users, memory, logger });
}

function createIdentifyFrom(
  options: GatewayOptions,
  guardsOff: ReadonlySet<Guard>,
  { users, apiKeys, addressOf }: { users: InternalClient | undefined; apiKeys: ApiKeys; addressOf: AddressOf },
) {
  return createIdentify({
    verify: guardsOff.has("viewer") ? undefined : createTokenVerifier(options.tokens, options.logger),
    checkSession: createCheckSession(options, users),
    verifyApiKey: guardsOff.has("viewer") ? undefined : apiKeys.verify,
    addressOf,
    tenants: guardsOff.has("tenant") ? undefined : options.tenants,
    onlyTenant: options.tenants.fallback ?? "public",
  });
}

/** Loads the graph and prepares to serve it. @throws Error when the supergraph cannot be used */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { logger, metrics, redis, tracing, development = false, introspection = false, pages = [] } = options;
  const guardsOff = new Set(options.guardsOff);
  const client = createSubgraphClient({ timeoutMs: options.subgraphTimeoutMs ?? 5_000 });
  const toUsers = (timeoutMs: number) =>
    options.usersUrl === undefined
      ? undefined
      : createInternalClient({ service: "users", url: options.usersUrl, keys: options.keys, timeoutMs });
  const usersClient = toUsers(3_000);
  // Nobody waits for it, and it may have thousands of records at a time for users.
  const auditClient = options.audit && toUsers(10_000);
  const addressOf = createAddressOf(options.trustedProxies ?? 0);
  const audit =
    options.audit &&
    auditClient &&
    openAudit({ rules: options.audit, users: auditClient, addressOf, tenants: options.tenants, logger, metrics });
  const apiKeys = openApiKeys({ rules: options.apiKeys, users: usersClient, redis, logger });
  // Operations that are known before the graph is are planned at its start.
  let live: LiveGraph | undefined;
  const prepare: PrepareOperations = async (operations) =>
    live?.warm(operations).catch((error: unknown) => {
      logger.warn({ error }, "Operations could not be planned before they count");
    });
  const partnerLists =
    options.apiKeys &&
    usersClient &&
    openPartnerLists({
      ...{ ...options.apiKeys, users: usersClient, prepare, redis, logger },
      mode: options.operations?.modes.partner,
    });
  const identify = createIdentifyFrom(options, guardsOff, { users: usersClient, apiKeys, addressOf });
  const measured = createGatewayMetrics(metrics);
  const labelOf = createOperationLabels();
  const cache =
    options.cache &&
    redis &&
    openCache({ rules: options.cache, redis, keys: options.keys, logger, registry: metrics, labelOf });
  const paths = {
    supergraph: options.supergraphPath,
    policy: guardsOff.has("authorization")
      ? undefined
      : (options.policyPath ?? join(dirname(options.supergraphPath), "policy.json")),
  };
  const files = await readGraphFiles(paths);
  const authorization: AuthorizationOptions = { reject: false, errors: "errors", ...options.authorization };
  const { keys, subgraphUrls = {} } = options;
  const persisted =
    options.operations &&
    (await openOperations({
      ...{ rules: options.operations, partnerLists: partnerLists?.lists, introspection, redis, logger, metrics },
      prepare,
    }));
  const { warmUpMs = usualWarmUpMs } = options.planning ?? {};
  const partnersLoaded = persisted && options.planning && warmUpMs > 0 ? partnerLists?.load(warmUpMs) : undefined;
  const planning =
    options.planning &&
    openPlanning({
      ...{ rules: options.planning, development, registry: metrics, logger },
      operations: persisted?.allOperations,
      partnerOperations: async () => (await partnersLoaded, partnerLists?.operations() ?? []),
    });
  const graph = (live = await startLiveGraph(files, {
    ...{ guardsOff, introspection, development, client, subgraphUrls, keys, logger, metrics: measured, authorization },
    ...{ listSize: options.limits?.listSize, traces: tracing !== undefined },
    cache: cache && (tracing ? { ...cache.graph, store: traceStore(cache.graph.store) } : cache.graph),
    planning,
  }));
  const wholeResponses = cache?.wholeResponses(graph.fingerprint, !guardsOff.has("csrf"));
  const execution = executeOperation(graph);
  const limits = guardsOff.has("limits")
    ? undefined
    : openLimits({ rules: options.limits ?? mutationFieldsOnly, costs: graph.costs, logger, metrics });
  const rateLimit =
    options.rateLimit && !guardsOff.has("rate-limit")
      ? openRateLimit({ rules: options.rateLimit, redis, logger, metrics, addressOf, costOf: limits?.estimateOf })
      : undefined;
  const executing: OperationStep[] = [...(limits ? [limits.step] : []), execution];
  const fromCache = wholeResponses && (tracing ? traceWholeResponses(wholeResponses.step) : wholeResponses.step);
  const answering: OperationStep[] = [...(fromCache ? [fromCache] : []), ...executing];
  const answerInside = chainOperationSteps(answering);
  const shadow =
    wholeResponses &&
    cache?.shadow({
      execute: chainOperationSteps([execution]),
      fingerprint: graph.fingerprint,
      operationKeyOf: wholeResponses.operationKeyOf,
    });
  const warming =
    cache &&
    createWarming({
      ...{ popular: cache.popular, count: options.warm ?? 0, metrics: cache.metrics, logger },
      isUsable: () =>
        cache.log.position() !== undefined && graph.subgraphs().every(({ name }) => cache.log.isWatched(name)),
      execute: async (operation) => answerInside(visitorRequest(operation)),
    });

  // The health check keeps this list; a new graph may have other subgraphs, so its content is replaced.
  const dependencies: Dependency[] = gatewayDependencies(graph.subgraphs(), client, redis);
  const health = createHealth({ dependencies });
  const unwatch = watchGraphFiles({
    ...{ paths, logger, current: files.fingerprint },
    async onChange(changed) {
      await graph.replace(changed);
      void warming?.warm();
      dependencies.splice(0, dependencies.length, ...gatewayDependencies(graph.subgraphs(), client, redis));
    },
  });

  const format = createErrorFormatter({ logger, masking: !guardsOff.has("masking"), suggestions: development });
  const corsOrigins = options.corsOrigins ?? [];
  const fixedHeaders = securityHeaders(options.hstsSeconds);
  const watched = audit ? audit.watch(identify) : identify;
  const endpoint: GraphqlEndpointOptions = {
    identify: rateLimit?.watch(watched) ?? watched,
    bodyLimit: guardsOff.has("body-limit") ? Infinity : (options.bodyLimit ?? 102_400),
    answer: chainOperationSteps([
      ...(tracing ? [traceOperation] : []),
      ...(audit ? [audit.step] : []),
      operationLog({ logger, metrics: measured, labelOf }),
      ...(persisted ? [rateLimit?.around(persisted.step) ?? persisted.step] : []),
      ...(partnerLists ? [partnerLists.usage.step] : []),
      ...(rateLimit ? [rateLimit.step] : []),
      ...(limits ? [limits.tell] : []),
      ...(cache && options.warm ? [countPopular(cache.popular)] : []),
      ...(shadow ? [shadowHits(shadow)] : []),
      ...answering,
    ]),
    fixedHeaders,
    isKnown: persisted?.isKnownBeside(wholeResponses) ?? wholeResponses?.isKnown,
    takesIds: persisted !== undefined,
  };
  const partnerPages =
    persisted && partnerLists && usersClient
      ? [
          openPartnerPage({
            ...{ options, endpoint, graph, rateLimit, logger },
            lists: partnerLists.lists,
            users: usersClient,
          }),
        ]
      : [];
  const answerError = (exchange: Exchange, error: unknown): string | undefined => {
    if (exchange.response.headersSent) return void exchange.response.destroy();
    // What the steps before the endpoint set, which a short way around them did not.
    exchange.response.setHeader(requestIdHeader, exchange.requestId);
    setFixedHeaders(exchange.response, fixedHeaders);
    if (!exchange.response.hasHeader("vary")) exchange.response.setHeader("vary", "Origin");
    const { status, code } = sendError(exchange, error, format);
    measured.errors.inc({ code });
    logger.info({ requestId: exchange.requestId, path: exchange.path, status, code }, "Request refused");
    return code;
  };
  const server = openServer(
    [
      ...(tracing ? [traceRequests(tracing, answerError)] : []),
      graphqlShortcut(endpoint, corsOrigins),
      withHeaders(fixedHeaders),
      echoRequestId,
      ...partnerPages,
      answerRoutes({
        ...operatorRoutes(health, options.publicMetrics === false ? undefined : metrics),
        ...pageRoutes(pages),
      }),
      showPageToBrowsers(pages),
      allowOrigins(corsOrigins),
      graphqlEndpoint(endpoint),
    ],
    answerError,
    { fixedHeaders },
  );

  return {
    ...{ health, cache, subgraphs: () => graph.subgraphs().map(({ name }) => name) },
    async listen(port, host) {
      await warming?.warm();
      return new Promise((resolve, reject) => {
        server.once("error", reject).listen(port, host, () => {
          resolve((server.address() as AddressInfo).port);
        });
      });
    },
    async drain() {
      health.drain();
      unwatch();
      const shadowStopped = shadow?.stop();
      await warming?.stop();
      await drainServer(server);
      await shadowStopped;
    },
    async close() {
      await shadow?.stop();
      await audit?.close();
      await rateLimit?.close();
      apiKeys.close();
      persisted?.close();
      await partnerLists?.close();
      await graph.stop();
      await cache?.close();
      await Promise.all([client.close(), usersClient?.close(), auditClient?.close()]);
    },
  };
}
