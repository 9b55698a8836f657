import process from "node:process";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { connectRedis } from "@tradegraph/kit/redis";
import { stopOnSignals } from "@tradegraph/kit/shutdown";
import { openSigningKeys } from "@tradegraph/kit/signing-keys";
import { rulesOf } from "./cache/rules-of.ts";
import { readEnv } from "./env.ts";
import { limitRulesOf } from "./limits/settings.ts";
import { createOperatorServer } from "./operator-server.ts";
import { operationRulesOf } from "./operations/settings.ts";
import { planningRulesOf } from "./planning/settings.ts";
import { rateLimitRulesOf } from "./rate-limit/settings.ts";
import { createGateway } from "./server.ts";

const env = readEnv();
const logger = createLogger({ service: "gateway", level: env.LOG_LEVEL });
if (env.GUARDS_OFF.length > 0) logger.warn({ guardsOff: env.GUARDS_OFF }, "Guards are switched off");
const redis = env.REDIS_URL ? connectRedis({ url: env.REDIS_URL, logger, name: "gateway" }) : undefined;
const signing = openSigningKeys(env, logger);
const metrics = createMetrics("gateway");
const gateway = await createGateway({
  supergraphPath: env.SUPERGRAPH_PATH,
  policyPath: env.POLICY_PATH,
  authorization: { reject: env.AUTHORIZATION_REJECT, errors: env.AUTHORIZATION_ERRORS },
  subgraphUrls: env.SUBGRAPH_URLS,
  subgraphTimeoutMs: env.SUBGRAPH_TIMEOUT_MS,
  keys: signing.keys,
  tokens: { jwksUrl: env.JWKS_URL, issuer: env.JWT_ISSUER, audience: env.JWT_AUDIENCE },
  usersUrl: env.USERS_URL,
  sessions: env.USERS_URL === undefined ? undefined : { redisNamespace: env.REDIS_NAMESPACE },
  audit: {
    spoolFolder: env.AUDIT_SPOOL_DIR,
    spoolMaxBytes: env.AUDIT_SPOOL_MIB * 1024 * 1024,
    policyPath: env.AUDIT_POLICY_PATH,
  },
  apiKeys: { redisNamespace: env.REDIS_NAMESPACE },
  trustedProxies: env.TRUSTED_PROXIES,
  tenants: { hosts: env.TENANT_HOSTS, trustHeader: env.TRUST_TENANT_HEADER, fallback: env.DEFAULT_TENANT },
  corsOrigins: env.CORS_ORIGIN,
  publicUrl: env.GRAPH_PUBLIC_URL,
  hstsSeconds: env.HSTS_SECONDS,
  bodyLimit: env.BODY_LIMIT_BYTES,
  introspection: env.INTROSPECTION,
  development: env.development,
  pages: env.LANDING_PAGE.filter((page) => page !== "none"),
  guardsOff: env.GUARDS_OFF,
  logger,
  metrics,
  // Figures are for nobody else; while developing, they are where everything is.
  publicMetrics: env.development || env.OPERATOR_PORT === undefined,
  redis,
  cache: env.RESPONSE_CACHE_ENABLED ? rulesOf(env) : undefined,
  warm: env.RESPONSE_CACHE_WARM,
  limits: limitRulesOf(env),
  operations: operationRulesOf(env),
  planning: planningRulesOf(env),
  rateLimit: rateLimitRulesOf(env),
});
const port = await gateway.listen(env.PORT, env.HOST);
const operators =
  env.OPERATOR_PORT === undefined
    ? undefined
    : createOperatorServer({
        ...{ health: gateway.health, registry: metrics, logger },
        cache: gateway.cache && {
          ...{ ...gateway.cache, keys: env.RESPONSE_CACHE_INVALIDATION_KEYS, subgraphs: gateway.subgraphs },
        },
      });
const operatorPort = await operators?.listen(env.OPERATOR_PORT ?? 0, env.OPERATOR_HOST);
logger.info({ port, operatorPort, pid: process.pid }, "Gateway listening");
stopOnSignals({
  steps: [
    { name: "http", stop: gateway.drain },
    { name: "operators", stop: async () => operators?.close() },
    { name: "graph", stop: gateway.close },
    { name: "signing keys", stop: () => Promise.resolve(signing.close()) },
    { name: "redis", stop: async () => redis?.quit() },
  ],
  graceMs: env.SHUTDOWN_GRACE_MS,
  logger,
});
