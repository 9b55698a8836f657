// Every program that runs, in one place: start, compose, health probes, Kubernetes and infra read it (ruling 30).

export type ServiceName = "gateway" | "products" | "orders" | "users" | "content";

export interface Service {
  name: ServiceName;
  /** Default port, the same everywhere (OPS-1). */
  port: number;
  /** Port for operators and scrapers, where a program keeps figures off the port of its clients (OPERATOR_PORT). */
  operatorPort?: number;
  /** Arguments after `node`, from the root of the repository. */
  command: string[];
  /** The subgraph's folder, or undefined for programs without a database. */
  database?: string;
  /** Variables the program reads beyond those of every program. */
  env: string[];
  probes: { health: string; ready: string };
  /** CPU units and MiB, as ECS counts them. */
  size: { cpu: number; memory: number };
}

const everyProgram = [
  "NODE_ENV",
  "LOG_LEVEL",
  "HOST",
  "PORT",
  "INTERNAL_SIGNING_KEYS",
  "INTERNAL_SIGNING_KEYS_FILE",
  "SHUTDOWN_GRACE_MS",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_HEADERS",
  "OTEL_TRACES_SAMPLER",
  "OTEL_TRACES_SAMPLER_ARG",
  "OTEL_RESOURCE_ATTRIBUTES",
  "SENTRY_DSN",
  "SENTRY_ENVIRONMENT",
  "SENTRY_RELEASE",
];
const withDatabase = [
  "MONGODB_URI",
  "MONGODB_DATABASE",
  "MONGODB_FLAVOR",
  "DATABASE_POOL_MIN",
  "DATABASE_POOL_MAX",
  "REDIS_URL",
  "REDIS_NAMESPACE",
];
/** Programs that seal fields. */
const encryption = ["ENCRYPTION_KEY_FILE", "ENCRYPTION_KMS_KEY_ID", "AWS_REGION"];
/** Of operations: the gateway refuses larger ones, and users takes none into lists of partners. */
const shapeLimits = [
  "LIMITS_MODE",
  "LIMIT_DEPTH",
  "LIMIT_HEIGHT",
  "LIMIT_ALIASES",
  "LIMIT_ROOT_FIELDS",
  "LIMIT_DIRECTIVES",
];
const probes = { health: "/health", ready: "/ready" };

/** Variables whose values are secrets: a deployment takes them from its store of secrets, never as text. */
export const secretVariables = new Set([
  "MONGODB_URI",
  "REDIS_URL",
  "INTERNAL_SIGNING_KEYS",
  "JWT_PRIVATE_KEY",
  "MAIL_URL",
  "OTEL_EXPORTER_OTLP_HEADERS",
  "RESPONSE_CACHE_CDN_TOKEN",
  "RESPONSE_CACHE_INVALIDATION_KEYS",
  "SENTRY_DSN",
]);

/**
 * Paths that are open to the world (AWS-2); `*` stands for anything. Users publishes the keys of its tokens, for whoever
 * wants to check them; without any a program is reached from inside only.
 */
export const publicPaths: Partial<Record<ServiceName, string[]>> = {
  gateway: ["/graphql", "/health", "/partner*", "/webhooks/*"],
  users: ["/.well-known/jwks.json"],
};

const subgraph = (name: Exclude<ServiceName, "gateway">, port: number, env: string[] = []): Service => ({
  name,
  port,
  command: [`subgraphs/${name}/src/main.ts`],
  database: name,
  env: [...everyProgram, ...withDatabase, ...env],
  probes,
  size: { cpu: 512, memory: 1024 },
});

export const subgraphs: Service[] = [
  subgraph("products", 4001),
  subgraph("orders", 4002, ["PRODUCTS_URL", "USERS_URL", ...encryption]),
  subgraph("users", 4003, [
    "AUDIT_RETENTION_DAYS",
    "AUDIT_ACCESS_RETENTION_DAYS",
    "API_SCHEMA_PATH",
    ...shapeLimits,
    "EVENT_SOURCES",
    ...encryption,
    "JWT_PRIVATE_KEY",
    "JWT_PRIVATE_KEY_FILE",
    "JWT_KEYS_FILE",
    "JWT_EXPIRY",
    "JWT_REFRESH_EXPIRY",
    "JWT_ISSUER",
    "JWT_AUDIENCE",
    "MAIL_URL",
    "MAIL_FOLDER",
    "MAIL_FROM",
    "PUBLIC_URL",
  ]),
  subgraph("content", 4004),
];

export const gateway: Service = {
  name: "gateway",
  port: 4000,
  operatorPort: 4100,
  // Each request leaves some KiB behind. With more room they are gone before V8 looks what is left (Node's page on the
  // option): 5 % less processor time for an answer from memory. What is kept for long, caches mostly, takes 400 MiB when
  // all of them are full; beyond twice that V8 may not put off looking, however large the machine is. Little survives such
  // a look, so threads that help with it cost more than they bring where they share the processor: without them a core
  // answers 6 to 8 % more from memory.
  command: ["--max-semi-space-size=64", "--no-parallel-scavenge", "--max-old-space-size=768", "gateway/src/main.ts"],
  env: [
    ...everyProgram,
    "APOLLO_TELEMETRY_DISABLED",
    "SUPERGRAPH_PATH",
    "POLICY_PATH",
    "AUDIT_SPOOL_DIR",
    "AUDIT_SPOOL_MIB",
    "AUDIT_POLICY_PATH",
    "AUTHORIZATION_REJECT",
    "AUTHORIZATION_ERRORS",
    "SUBGRAPH_URLS",
    "SUBGRAPH_TIMEOUT_MS",
    "JWKS_URL",
    "USERS_URL",
    "JWT_ISSUER",
    "JWT_AUDIENCE",
    "DEFAULT_TENANT",
    "TENANT_HOSTS",
    "TRUST_TENANT_HEADER",
    "TRUSTED_PROXIES",
    "HSTS_SECONDS",
    "CORS_ORIGIN",
    "GRAPH_PUBLIC_URL",
    "BODY_LIMIT_BYTES",
    "INTROSPECTION",
    "LANDING_PAGE",
    "GUARDS_OFF",
    "REDIS_URL",
    "REDIS_NAMESPACE",
    "REDIS_TTL",
    "CACHE_SEARCH_TTL",
    "CACHE_PRODUCT_TTL",
    "RESPONSE_CACHE_ENABLED",
    "RESPONSE_CACHE_MEMORY_MIB",
    "RESPONSE_CACHE_LOOKUP_MS",
    "RESPONSE_CACHE_WAIT",
    "RESPONSE_CACHE_WATCHED",
    "RESPONSE_CACHE_FOREIGN",
    "RESPONSE_CACHE_DEBUG",
    "RESPONSE_CACHE_TAG_HEADER",
    "RESPONSE_CACHE_CDN",
    "RESPONSE_CACHE_CDN_ID",
    "RESPONSE_CACHE_CDN_TOKEN",
    "RESPONSE_CACHE_CDN_URL",
    "RESPONSE_CACHE_CDN_REPEAT_MS",
    "RESPONSE_CACHE_WARM",
    "RESPONSE_CACHE_SHADOW_SHARE",
    "RESPONSE_CACHE_INVALIDATION_KEYS",
    "PERSISTED_OPERATIONS_APPS",
    "PERSISTED_OPERATIONS_DEVELOPERS",
    "PERSISTED_OPERATIONS_PARTNERS",
    "PERSISTED_OPERATIONS_MANIFESTS",
    "APQ_APPS",
    "RATE_LIMIT_MODE",
    "RATE_LIMIT_WINDOW_MS",
    "RATE_LIMIT_MAX_REQUESTS",
    "RATE_LIMIT_USER_MAX_REQUESTS",
    "RATE_LIMIT_SIGN_IN_MAX",
    "RATE_LIMIT_ACCOUNT_MAX",
    "RATE_LIMIT_FAILURES_MAX",
    "RATE_LIMIT_PARTNER_POINTS",
    "RATE_LIMIT_PARTNER_RESTORE",
    "RATE_LIMIT_INSTANCES",
    ...shapeLimits,
    "LIMIT_COST_APPS",
    "LIMIT_COST_DEVELOPERS",
    "LIMIT_COST_PARTNERS",
    "LIMIT_LIST_SIZE",
    "PLAN_TIMEOUT_MS",
    "PLAN_CACHE_MIB",
    "PLAN_WARM_UP",
    "PLAN_WARM_UP_MS",
    "OPERATOR_PORT",
    "OPERATOR_HOST",
  ],
  probes,
  size: { cpu: 1024, memory: 2048 },
};

export const services: Service[] = [...subgraphs, gateway];
