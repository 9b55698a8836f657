// What a gateway is made from when its settings say so; the benchmarks make theirs here too, so that they measure what runs.
import { rulesOf } from "./cache/rules-of.ts";
import { type GatewayEnv } from "./env.ts";
import { type GatewayOptions } from "./gateway-options.ts";
import { limitRulesOf } from "./limits/settings.ts";
import { operationRulesOf } from "./operations/settings.ts";
import { planningRulesOf } from "./planning/settings.ts";
import { rateLimitRulesOf } from "./rate-limit/settings.ts";

/** What is opened, and closed, by the program. */
export type OpenedParts = Pick<GatewayOptions, "keys" | "logger" | "metrics" | "redis" | "tracing">;

export const optionsOf = (env: GatewayEnv, parts: OpenedParts): GatewayOptions => ({
  ...parts,
  supergraphPath: env.SUPERGRAPH_PATH,
  policyPath: env.POLICY_PATH,
  authorization: { reject: env.AUTHORIZATION_REJECT, errors: env.AUTHORIZATION_ERRORS },
  subgraphUrls: env.SUBGRAPH_URLS,
  subgraphTimeoutMs: env.SUBGRAPH_TIMEOUT_MS,
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
  // Figures are for nobody else; while developing, they are where everything is.
  publicMetrics: env.development || env.OPERATOR_PORT === undefined,
  cache: env.RESPONSE_CACHE_ENABLED ? rulesOf(env) : undefined,
  warm: env.RESPONSE_CACHE_WARM,
  limits: limitRulesOf(env),
  operations: operationRulesOf(env),
  planning: planningRulesOf(env),
  rateLimit: rateLimitRulesOf(env),
});
