// Every program that runs, in one place: start, compose, health probes, Kubernetes and infra read it (ruling 30).

export type ServiceName = "gateway" | "products" | "orders" | "users" | "content";

export interface Service {
  name: ServiceName;
  /** Default port, the same everywhere (OPS-1). */
  port: number;
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

const everyProgram = ["NODE_ENV", "LOG_LEVEL", "HOST", "PORT", "INTERNAL_SIGNING_KEYS", "SHUTDOWN_GRACE_MS"];
const withDatabase = [
  "MONGODB_URI",
  "MONGODB_DATABASE",
  "MONGODB_FLAVOR",
  "DATABASE_POOL_MIN",
  "DATABASE_POOL_MAX",
  "REDIS_URL",
];
const probes = { health: "/health", ready: "/ready" };

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
  subgraph("orders", 4002, ["PRODUCTS_URL"]),
  subgraph("users", 4003, [
    "JWT_PRIVATE_KEY",
    "JWT_PRIVATE_KEY_FILE",
    "JWT_EXPIRY",
    "JWT_REFRESH_EXPIRY",
    "JWT_ISSUER",
    "JWT_AUDIENCE",
  ]),
  subgraph("content", 4004),
];

export const gateway: Service = {
  name: "gateway",
  port: 4000,
  command: ["gateway/src/main.ts"],
  env: [
    ...everyProgram,
    "APOLLO_TELEMETRY_DISABLED",
    "SUPERGRAPH_PATH",
    "SUBGRAPH_URLS",
    "SUBGRAPH_TIMEOUT_MS",
    "JWKS_URL",
    "JWT_ISSUER",
    "JWT_AUDIENCE",
    "DEFAULT_TENANT",
    "TENANT_HOSTS",
    "TRUST_TENANT_HEADER",
    "CORS_ORIGIN",
    "BODY_LIMIT_BYTES",
    "INTROSPECTION",
    "LANDING_PAGE",
    "GUARDS_OFF",
    "REDIS_URL",
  ],
  probes,
  size: { cpu: 1024, memory: 2048 },
};

export const services: Service[] = [...subgraphs, gateway];
