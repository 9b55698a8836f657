// One generation of the graph: an Apollo Server over an Apollo Gateway, made from one supergraph and never changed.
// A new supergraph is a new generation, so that a request is validated, planned and executed by the same schema.
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer, type ApolloServerOptions } from "@apollo/server";
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { type SigningKeys } from "@tradegraph/kit/internal-assertion";
import { type Logger } from "@tradegraph/kit/logger";
import { maxTokens } from "@tradegraph/kit/operation-text";
import { type GraphQLSchema } from "graphql";
import { createAccessRules } from "./authorization/access-rules.ts";
import { type AuthorizationOptions, authorizeExecutor, type Executor } from "./authorization/authorize-executor.ts";
import { type PolicyFile } from "./authorization/policy-file.ts";
import { auditedTypes } from "./audit/access-records.ts";
import { createCachingSources, type GraphCache } from "./cache/fetch/graph-cache.ts";
import { withCheckedVariables } from "./checked-variables.ts";
import { createDataSource, createOrigin } from "./data-source.ts";
import { pinApolloEnvironment } from "./env.ts";
import { createErrorFormatter } from "./error-masking.ts";
import { locateErrors } from "./fetch-site.ts";
import { type GatewayMetrics } from "./gateway-metrics.ts";
import { type GraphFiles } from "./graph-files.ts";
import { type Guard } from "./guards.ts";
import { type CostEstimator, createCostEstimator } from "./limits/cost-estimator.ts";
import { maxRecursiveSelections } from "./limits/limit-rules.ts";
import { knownRootTypes } from "./known-root-types.ts";
import { readKnownScalars } from "./known-scalars.ts";
import { cacheExtensions } from "./plugins/cache-extensions.ts";
import { type Introspection, introspectionFor } from "./plugins/introspection.ts";
import { type GraphPlanning, type Planning } from "./planning/open-planning.ts";
import { plannerConfig } from "./planning/plan-messages.ts";
import { namedOperation } from "./plugins/named-operation.ts";
import { createDocumentStore } from "./parsed-document.ts";
import { type GraphContext } from "./request-scope.ts";
import { type SubgraphClient } from "./subgraph-client.ts";
import { tracePlanning, traceClient, traceReading } from "./tracing/trace-graph.ts";
import { loadableSupergraph, securityFeatures } from "./supergraph.ts";
import { type ValueCompletionOptions, withoutValueCompletion } from "./value-completion.ts";

export interface GraphOptions {
  guardsOff: ReadonlySet<Guard>;
  introspection: Introspection;
  /** Shows clients what helps while developing: suggestions for misspelt names. */
  development: boolean;
  client: SubgraphClient;
  /** Name → URL, instead of what the supergraph says. */
  subgraphUrls: Record<string, string>;
  keys: SigningKeys;
  authorization: AuthorizationOptions;
  /** Undefined keeps no answers. */
  cache?: GraphCache | undefined;
  /** Elements of a list about which the schema says nothing, for costs. */
  listSize?: number | undefined;
  /** Undefined plans in the main thread. */
  planning?: Planning | undefined;
  /** Makes spans in the traces of requests. */
  traces?: boolean;
  logger: Logger;
  metrics: GatewayMetrics;
}

export interface Graph {
  server: ApolloServer<GraphContext>;
  subgraphs: { name: string; url: string }[];
  /** As clients see it. */
  schema: GraphQLSchema;
  /** Undefined while the policy file says nothing about cost. */
  costs: CostEstimator | undefined;
  planning: GraphPlanning | undefined;
}

type GatewayOption = NonNullable<ApolloServerOptions<GraphContext>["gateway"]>;

interface Wrapping extends ValueCompletionOptions {
  /** Undefined enforces nothing. */
  policy: PolicyFile | undefined;
  authorization: AuthorizationOptions;
  planning: GraphPlanning | undefined;
  traces: boolean;
}

/**
 * Errors leave the executor with a path, see fetch-site.ts; other complaints do not leave it, see value-completion.ts.
 * It is asked only for what its caller may read, see authorization/, and when the plan is there, see planning/.
 */
function wrapped(gateway: ApolloGateway, options: Wrapping): GatewayOption {
  const { policy, authorization, planning, traces } = options;
  return {
    async load(apollo) {
      let schema: GraphQLSchema | undefined;
      // Must not throw: the gateway logs what a listener throws, and goes on.
      gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
        schema = apiSchema;
        readKnownScalars(apiSchema);
      });
      const { executor } = await gateway.load(apollo);
      const execute: Executor = (context) => executor(context as Parameters<typeof executor>[0]);
      const wrap = planning && (traces ? (inner: Executor) => tracePlanning(planning.wrap, inner) : planning.wrap);
      const planned = wrap ? wrap(execute) : execute;
      const located: Executor = async (context) => {
        const result = withoutValueCompletion(await planned(context), options);
        return result.errors ? { ...result, errors: locateErrors(result.errors, result.data) } : result;
      };
      if (!policy) return { executor: withCheckedVariables(located) };
      if (!schema) throw new Error("The gateway loaded without telling its schema.");
      const authorized = authorizeExecutor(located, createAccessRules(policy, schema), authorization);
      return { executor: withCheckedVariables(authorized) };
    },
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    async stop() {
      await planning?.close();
      await gateway.stop();
    },
  };
}

/** Builds and starts a generation. @throws Error when the supergraph cannot be used */
export async function startGraph({ sdl, policy }: GraphFiles, options: GraphOptions): Promise<Graph> {
  const { guardsOff, development, logger, subgraphUrls, cache, traces = false } = options;
  const cachingSource = cache && createCachingSources(cache, policy?.cache);
  const subgraphs: Graph["subgraphs"] = [];
  // Its own messages are for its authors; what matters to operators is logged by this program.
  const quiet = logger.child({ component: "apollo" }, { level: logger.level === "silent" ? "silent" : "warn" });
  pinApolloEnvironment();
  const supergraphSdl = loadableSupergraph(sdl, new Set(policy ? securityFeatures : []));
  const planning = options.planning?.forGraph(supergraphSdl);
  const gateway = new ApolloGateway({
    supergraphSdl,
    ...(planning && { queryPlannerConfig: { ...plannerConfig, cache: planning.apolloStore } }),
    logger: quiet,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    buildService({ name, url: composed }) {
      const url = subgraphUrls[name] ?? composed;
      if (!url || !URL.canParse(url)) throw new Error(`The subgraph ${name} has no URL: name it in SUBGRAPH_URLS.`);
      subgraphs.push({ name, url });
      const keys = guardsOff.has("signing") ? undefined : options.keys;
      const client = traces ? traceClient(options.client, name) : options.client;
      const source = { service: name, url, keys, client, logger };
      const { fetchDurations: durations } = options.metrics;
      return (
        cachingSource?.(name, createOrigin({ ...source, durations })) ?? createDataSource({ ...source, durations })
      );
    },
  });
  const limited = !guardsOff.has("limits");
  let costs: CostEstimator | undefined;
  const loaded: { schema?: GraphQLSchema } = {};
  gateway.onSchemaLoadOrUpdate(({ apiSchema: schema }) => {
    const { listSize } = options;
    loaded.schema = schema;
    if (policy?.cost) costs = createCostEstimator({ schema, manifest: policy.cost, listSize });
  });
  const server = new ApolloServer<GraphContext>({
    gateway: wrapped(gateway, {
      ...{ logger, metrics: options.metrics, policy, authorization: options.authorization, planning, traces },
    }),
    logger: quiet,
    // Decides inside Apollo about defaults that are all set here; "production" is the strict one.
    nodeEnv: "production",
    // Decided by a plugin, for each caller.
    introspection: true,
    csrfPrevention: !guardsOff.has("csrf"),
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    // Done by the error formatter: the expression that Apollo uses takes a second for texts made for it.
    hideSchemaDetailsFromClientErrors: false,
    validationOptions: { maxErrors: 5 },
    stopOnTerminationSignals: false,
    documentStore: createDocumentStore(),
    ...(limited && { maxRecursiveSelections, parseOptions: { maxTokens } }),
    formatError: createErrorFormatter({ logger, masking: !guardsOff.has("masking"), suggestions: development }),
    validationRules: [knownRootTypes],
    plugins: [
      namedOperation(),
      ...(traces ? [traceReading()] : []),
      introspectionFor(options.introspection),
      auditedTypes(),
      ...(cache ? [cacheExtensions(cache.mayDebug)] : []),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start().catch(async (error: unknown) => {
    await planning?.close();
    throw error;
  });
  const unknown = Object.keys(subgraphUrls).filter((name) => !subgraphs.some((subgraph) => subgraph.name === name));
  if (unknown.length > 0) logger.warn({ unknown }, "SUBGRAPH_URLS names subgraphs that are not in the supergraph");
  if (!loaded.schema) throw new Error("The gateway loaded without telling its schema.");
  return { server, subgraphs, schema: loaded.schema, costs, planning };
}
